"""The facts of a logged deal read again, under the policy of today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from features.deal import NOT_APPLICABLE, Fact
from features.errors import FactsError
from features.facts import deal_from_facts
from features.fields import BaseField, written_day
from features.logged_deal import LoggedDeal
from features.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsToday:
    """What is known of a logged deal under a policy.

    ``observed_on`` are the days that were told with the facts. ``misfits`` are the facts that this
    policy does not know or refuses: they are unknown.
    """

    known: Mapping[str, Fact]
    observed_on: Mapping[str, date]
    misfits: tuple[str, ...]

    @property
    def is_foreign(self) -> bool:
        """Whether at least half of what was told does not fit: another policy's deal."""
        n_told = len(self.known) + len(self.misfits)
        return bool(self.misfits) and 2 * len(self.misfits) >= n_told


def facts_today(deal: LoggedDeal, policy: Policy) -> FactsToday:
    """Return the facts of a deal as a policy reads them on the day of the decision."""
    misfits: tuple[str, ...] = ()
    fitting = dict(deal.facts)
    try:
        read = deal_from_facts(fitting, policy.fields, as_of=deal.as_of)
    except FactsError:
        misfits = tuple(name for name in deal.facts if not _fits(deal, name, policy))
        fitting = {name: value for name, value in fitting.items() if name not in misfits}
        read = deal_from_facts(fitting, policy.fields, as_of=deal.as_of)
    told = {name: day for name, value in fitting.items() if (day := _observed(value)) is not None}
    return FactsToday(
        known=read.facts,
        observed_on={name: day for name, day in told.items() if name in read.facts},
        misfits=tuple(name for name in misfits if _says_something(deal.facts[name])),
    )


def text_of_fact(fact: Fact, field: BaseField, mark: str = ".") -> str:
    """Return a fact as a file says it: a word, a day, or a number that is read one way only.

    >>> from features.fields import NumberField
    >>> field = NumberField(type="number")
    >>> [text_of_fact(value, field) for value in (True, 12.0, 1.234, 1e-7)]
    ['true', '12', '1.2340', '0.0000001']
    >>> text_of_fact(1.5, field, ",")
    '1,5'
    """
    if fact is NOT_APPLICABLE:
        return (field.not_applicable or ("",))[0]
    if isinstance(fact, bool):
        return "true" if fact else "false"
    if isinstance(fact, float):
        return number_text(fact, mark)
    return fact.isoformat() if isinstance(fact, date) else str(fact)


def says_no_answer(text: str, fact: Fact, field: BaseField) -> bool:
    """Return whether a file's cell with that text means unknown, or that nothing applies.

    >>> from features.fields import NumberField
    >>> says_no_answer("-1", -1.0, NumberField(type="number", unknown=("-1.0", "?")))
    True
    """
    words = {"", *field.unknown, *(field.not_applicable or ())}
    if text in words or not isinstance(fact, float) or isinstance(fact, bool):
        return text in words
    return any(_is_number(word, fact) for word in words)


def number_text(value: float, mark: str = ".") -> str:
    """Return a number, its last bit included, that nobody takes for one with thousands."""
    text = format(Decimal(repr(value)), "f")
    whole, point, decimals = text.partition(".")
    if not decimals.strip("0"):
        return whole
    if len(decimals) == 3:  # noqa: PLR2004 (1.234 may be a thousand and something)
        decimals += "0"
    return f"{whole}{mark if point else ''}{decimals}"


def _is_number(word: str, value: float) -> bool:
    try:
        return float(word) == value
    except ValueError:
        return False


def _fits(deal: LoggedDeal, name: str, policy: Policy) -> bool:
    try:
        deal_from_facts({name: deal.facts[name]}, policy.fields, as_of=deal.as_of)
    except FactsError:
        return False
    return True


def _says_something(value: object) -> bool:
    if isinstance(value, dict):
        return value.get("value") is not None or bool(value.get("not_applicable"))
    return value is not None and value != ""


def _observed(value: object) -> date | None:
    if not isinstance(value, dict) or value.get("observed_on") is None:
        return None
    return written_day(value["observed_on"])
