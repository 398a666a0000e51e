"""From a JSON object to a deal: every fact checked, every problem told at once.

A fact is its plain value, or an object that says more of it: ``{"value": 3, "observed_on":
"2026-01-31"}``, or ``{"not_applicable": true}``.
"""

from collections.abc import Mapping
from datetime import date

from features.deal import NOT_APPLICABLE, Deal, Fact, Waiver
from features.errors import FactsError, Problem, did_you_mean, printable
from features.fields import BaseField, PolicyField, WrongFactError, written_day
from features.phrase import Phrase

MOST_FACTS = 500
_SETTINGS = ("value", "observed_on", "not_applicable")


def deal_from_facts(
    facts: Mapping[str, object],
    fields: Mapping[str, PolicyField],
    *,
    as_of: date,
    deal_id: str | None = None,
    waivers: tuple[Waiver, ...] = (),
) -> Deal:
    """Return the deal that a JSON object describes.

    ``null``, a text that the field lists under ``unknown``, and a missing key all mean unknown. So
    does an answer that is older than the field allows on the day ``as_of``, or younger than it.

    Raises
    ------
    FactsError
        With one problem for each fact that the policy does not know or that has a wrong value.

    Examples
    --------
    >>> from features.fields import BooleanField
    >>> fields = {"budget": BooleanField(type="boolean")}
    >>> dict(deal_from_facts({"budget": True}, fields, as_of=date(2026, 1, 5)).facts)
    {'budget': True}
    >>> deal_from_facts({"budgte": 1}, fields, as_of=date(2026, 1, 5))
    Traceback (most recent call last):
    features.errors.FactsError: budgte: the policy has no field 'budgte'
      hint: did you mean 'budget'?
    """
    if len(facts) > MOST_FACTS:
        what = Phrase("{given:,} facts are too many", given=len(facts))
        hint = Phrase("at most {most}", most=MOST_FACTS)
        raise FactsError([Problem(where="", what=what, hint=hint)])
    known: dict[str, Fact] = {}
    expired, problems = [], []
    for name, value in facts.items():
        try:
            fact, observed_on = read_fact(value, _field_of(name, fields))
        except WrongFactError as wrong:
            problems.append(Problem(where=printable(name), what=wrong.what, hint=wrong.hint))
            continue
        if fact is not None and not is_valid(fields[name], observed_on, as_of):
            expired.append(name)
        elif fact is not None:
            known[name] = fact
    if problems:
        raise FactsError(problems)
    aged = tuple(sorted(expired))
    return Deal(id=deal_id, as_of=as_of, facts=known, expired=aged, waivers=waivers)


def _field_of(name: str, fields: Mapping[str, PolicyField]) -> PolicyField:
    if name not in fields:
        what = Phrase("the policy has no field '{name}'", name=printable(name))
        raise WrongFactError(what, did_you_mean(name, fields))
    return fields[name]


def is_valid(field: BaseField, observed_on: date | None, as_of: date) -> bool:
    """Return whether an answer of one day still counts, and counts already, on another.

    >>> field = BaseField(valid_for_days=30)
    >>> [is_valid(field, date(2026, 1, day), date(2026, 2, 5)) for day in (5, 6)]
    [False, True]
    """
    if observed_on is None:
        return True
    age_days = (as_of - observed_on).days
    return age_days >= 0 and (field.valid_for_days is None or age_days <= field.valid_for_days)


def means_unknown(value: object, field: BaseField) -> bool:
    """Return whether a value says that the fact is not known."""
    return value is None or (isinstance(value, str) and value.strip() in {"", *field.unknown})


def means_not_applicable(value: object, field: BaseField) -> bool:
    """Return whether a value says that the question does not apply."""
    words = field.not_applicable
    return words is not None and isinstance(value, str) and value.strip() in words


def read_fact(value: object, field: PolicyField) -> tuple[Fact | None, date | None]:
    """Return the fact and the day on which it was observed; both None where not known.

    Raises
    ------
    WrongFactError
        Where the value is none that the field can hold.
    """
    observed_on = None
    if isinstance(value, dict):
        foreign = sorted(set(value) - set(_SETTINGS))
        if foreign or not value:
            hint = 'like {"value": ..., "observed_on": "2026-01-31"} or {"not_applicable": true}'
            raise WrongFactError("a fact is a value, or an object that holds one", hint)
        if value.get("observed_on") is not None:
            observed_on = _observed(value["observed_on"])
        if _says_not_applicable(value, field):
            return NOT_APPLICABLE, observed_on
        value = value.get("value")
    if means_unknown(value, field):
        return None, None
    if means_not_applicable(value, field):
        return NOT_APPLICABLE, observed_on
    return field.check(value), observed_on


def _says_not_applicable(written: dict[str, object], field: PolicyField) -> bool:
    said = written.get("not_applicable", False)
    if not isinstance(said, bool):
        raise WrongFactError("'not_applicable' is true or false", "leave it out if it applies")
    if said and field.not_applicable is None:
        raise WrongFactError("the question applies to every deal", "leave it out if unknown")
    if said and written.get("value") is not None:
        raise WrongFactError("there is an answer, and it does not apply", "keep one of the two")
    return said


def _observed(value: object) -> date:
    try:
        return written_day(value)
    except WrongFactError as wrong:
        what = Phrase("observed_on: {problem}", problem=wrong.what)
        raise WrongFactError(what, wrong.hint) from None
