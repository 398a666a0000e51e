"""From a JSON object to a deal: every fact checked, every problem told at once."""

from collections.abc import Mapping
from datetime import date

from features.deal import Deal, Fact
from features.errors import FactsError, Problem, did_you_mean, printable
from features.fields import PolicyField, WrongFactError

MOST_FACTS = 500


def deal_from_facts(
    facts: Mapping[str, object],
    fields: Mapping[str, PolicyField],
    *,
    as_of: date,
    deal_id: str | None = None,
) -> Deal:
    """Return the deal that a JSON object describes.

    ``null``, a text that the field lists under ``unknown``, and a missing key all mean unknown.

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
        what, hint = f"{len(facts):,} facts are too many", f"at most {MOST_FACTS}"
        raise FactsError([Problem(where="", what=what, hint=hint)])
    known: dict[str, Fact] = {}
    problems = []
    for name, value in facts.items():
        field = fields.get(name)
        if field is None:
            shown = printable(name)
            what, hint = f"the policy has no field '{shown}'", did_you_mean(name, fields)
            problems.append(Problem(where=shown, what=what, hint=hint))
        elif not means_unknown(value, field):
            try:
                known[name] = field.check(value)
            except WrongFactError as wrong:
                problems.append(Problem(where=name, what=wrong.what, hint=wrong.hint))
    if problems:
        raise FactsError(problems)
    return Deal(id=deal_id, as_of=as_of, facts=known)


def means_unknown(value: object, field: PolicyField) -> bool:
    """Return whether a value says that the fact is not known."""
    return value is None or (isinstance(value, str) and value.strip() in {"", *field.unknown})
