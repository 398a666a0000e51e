"""The economics of a policy in words: what is counted, from where, and what is not."""

from dataclasses import dataclass, replace

from features.policy import Policy
from features.policy.amounts import Amount, ByAnswer, FromField
from features.texts import Language
from models.economics import CONTACTS, HOURS, OTHER, RISK, has_value
from reports.field_words import shown_fact
from reports.numbers import decimal, quantity, share
from reports.policy_words import listed, word
from reports.typography import quoted

MONEY = frozenset(
    {
        "revenue",
        "margin",
        "strategic_value",
        "cost_per_hour",
        "cost_per_contact",
        "other_costs",
        "spent_costs",
        "exposure",
        "account_potential",
    }
)
SHARES = frozenset(
    {"margin_rate", "default_probability", "loss_given_default", "discount_rate_per_year"}
)
DISCOUNT = ("discount_rate_per_year", "months_to_close")
_PARTS = {
    "part_hours": HOURS,
    "part_contacts": CONTACTS,
    "part_other": OTHER,
    "part_risk": RISK,
    "part_discount": DISCOUNT,
}


@dataclass(frozen=True, slots=True)
class AmountEntry:
    """One number: where it comes from, and where that is a table, its rows."""

    name: str
    label: str
    text: str
    table: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MoneyEntry:
    """All numbers of the economics, and sentences on what they make together."""

    sentences: tuple[str, ...]
    amounts: tuple[AmountEntry, ...]


def money_entry(policy: Policy, language: Language) -> MoneyEntry:
    """Return the economics in words."""
    given = policy.economics.amounts()
    amounts = [amount_entry(name, one, policy, language) for name, one in given.items()]
    amounts += role_entries(policy, language)
    if policy.economics.capacity_hours is not None:
        amounts.append(_capacity(policy.economics.capacity_hours, language))
    return MoneyEntry(tuple(_sentences(policy, given, language)), tuple(amounts))


def role_entries(policy: Policy, language: Language) -> list[AmountEntry]:
    """Return the hours of each role in words, what one costs, and how many there are."""
    found = []
    for role, hours in policy.economics.roles.items():
        entries = [
            amount_entry(name, amount, policy, language)
            for name in ("remaining_hours", "cost_per_hour")
            if (amount := getattr(hours, name)) is not None
        ]
        if hours.capacity_hours is not None:
            entries.append(_capacity(hours.capacity_hours, language))
        found += [_of_role(entry, role, language) for entry in entries]
    return found


def _of_role(entry: AmountEntry, role: str, language: Language) -> AmountEntry:
    shown = role.replace("_", " ")
    label = word("of_role", language, label=entry.label, role=shown)
    return replace(entry, name=f"{role}.{entry.name}", label=label)


def _capacity(capacity: float, language: Language) -> AmountEntry:
    hours = f"{quantity(capacity, 'hours', language)}, {word('per_period', language)}"
    return AmountEntry("capacity_hours", word("capacity_hours", language), hours, ())


def amount_entry(name: str, amount: Amount, policy: Policy, language: Language) -> AmountEntry:
    """Return one number in words."""
    label = word(name, language)
    if isinstance(amount, FromField):
        return AmountEntry(name, label, _from_field(amount, policy, language), ())
    if not isinstance(amount, ByAnswer):
        return AmountEntry(name, label, figure(name, amount, policy, language), ())
    rows = [
        (_answer(answer, amount.by, policy, language), figure(name, number, policy, language))
        for answer, number in amount.values.items()
    ]
    if amount.otherwise is not None:
        rest = figure(name, amount.otherwise, policy, language)
        rows.append((word("money_other", language), rest))
    text = word("money_by", language, label=_label(amount.by, policy, language))
    return AmountEntry(name, label, text, tuple(rows))


def figure(name: str, number: float, policy: Policy, language: Language) -> str:
    """Return a constant of the economics with its unit."""
    if name in SHARES:
        return share(number, language)
    if name in MONEY:
        return quantity(number, policy.economics.currency, language)
    units = {"remaining_hours": "hours", "spent_hours": "hours", "months_to_close": "months"}
    return quantity(number, units.get(name), language)


def _from_field(amount: FromField, policy: Policy, language: Language) -> str:
    label = _label(amount.field, policy, language)
    if amount.times == 1:
        return label
    if 0 < amount.times < 1:
        return word("money_share", language, share=share(amount.times, language), label=label)
    return word("money_times", language, label=label, times=decimal(amount.times, language))


def _label(name: str, policy: Policy, language: Language) -> str:
    return quoted(policy.fields[name].label_in(name, language), language)


def _answer(answer: str, name: str, policy: Policy, language: Language) -> str:
    is_boolean = policy.fields[name].type == "boolean"
    fact = {"true": True, "false": False}.get(answer, answer) if is_boolean else answer
    return shown_fact(fact, name, policy, language)


def _sentences(policy: Policy, given: dict[str, Amount], language: Language) -> list[str]:
    if not has_value(policy.economics):
        return [word("money_no_value", language)]
    counts = {part: names[0] in given for part, names in _PARTS.items()}
    roles = policy.economics.roles.values()
    counts["part_hours"] |= any(role.cost_per_hour is not None for role in roles)
    risk = word("money_risk", language) if counts["part_risk"] else ""
    discount = word("money_discount", language) if given.keys() & {DISCOUNT[0]} else ""
    sentences = [word("money_formula", language, risk=risk, discount=discount)]
    absent = [word(part, language) for part, counted in counts.items() if not counted]
    if absent:
        sentences.append(word("money_not_counted", language, names=listed(absent, language)))
    return sentences
