"""The questions of a policy on its page: what they decide, cost, and how long answers hold."""

from dataclasses import dataclass

from features.fields import (
    AS_OF,
    BaseField,
    BooleanField,
    CategoryField,
    DateField,
    DaysField,
    NumberField,
    RatioField,
    TextField,
)
from features.policy import Policy
from features.texts import Language
from models.economics import has_value
from reports.numbers import counted, quantity, written_day
from reports.policy_words import WORDS, listed, said, word
from reports.typography import quoted, typeset


@dataclass(frozen=True, slots=True)
class QuestionEntry:
    """A question: its words, what answers there are, what uses them, what they cost."""

    name: str
    label: str
    question: str | None
    answers: str
    used_by: str
    is_used: bool
    cost: str | None
    valid: str | None


def question_entries(policy: Policy, language: Language) -> tuple[QuestionEntry, ...]:
    """Return the questions, those of most knockouts and criteria first; derived facts last."""
    uses = {name: _Uses(name, policy) for name in policy.fields}
    order = sorted(
        policy.fields,
        key=lambda name: (policy.fields[name].derived, uses[name].rank(), _label(name, policy)),
    )
    return tuple(_question(name, uses[name], policy, language) for name in order)


class _Uses:
    """What looks at a field, itself or through a fact that follows from it."""

    def __init__(self, name: str, policy: Policy) -> None:
        through = {name} | {
            other for other, one in policy.derived.items() if name in one.sources()
        }
        self.knockouts = sum(bool(rule.when.fields() & through) for rule in policy.knockouts)
        self.criteria = sum(bool(rule.fields() & through) for rule in policy.criteria)
        self.money = has_value(policy.economics) and bool(policy.economics.fields() & through)
        self.model = any(policy.fields[one].in_model for one in through)

    def rank(self) -> tuple[int, int, bool, bool]:
        return (-self.knockouts, -self.criteria, not self.money, not self.model)

    def in_words(self, language: Language) -> str:
        found = [
            counted(count, WORDS[one], WORDS[many], language)
            for count, one, many in (
                (self.knockouts, "used_knockout", "used_knockouts"),
                (self.criteria, "used_criterion", "used_criteria"),
            )
            if count
        ]
        found += [word("used_money", language)] if self.money else []
        found += [word("used_model", language)] if self.model else []
        return listed(found, language) or word("used_nothing", language)


def _label(name: str, policy: Policy, language: Language = "en") -> str:
    return typeset(policy.fields[name].label_in(name, language), language)


def _question(name: str, uses: _Uses, policy: Policy, language: Language) -> QuestionEntry:
    field = policy.fields[name]
    days = field.valid_for_days
    return QuestionEntry(
        name=name,
        label=_label(name, policy, language),
        question=None if field.question is None else said(field.question, language),
        answers=answers_in_words(field, policy, language),
        used_by=uses.in_words(language),
        is_used=bool(uses.knockouts or uses.criteria or uses.money),
        cost=cost_in_words(field, policy, language),
        valid=None if days is None else quantity(days, "days", language),
    )


def cost_in_words(field: BaseField, policy: Policy, language: Language) -> str | None:
    """Return what it costs to find an answer out; None where the policy does not say."""
    if field.cost is None:
        return None
    money = quantity(field.cost.money, policy.economics.currency, language)
    parts = [quantity(field.cost.hours, "hours", language)] if field.cost.hours else []
    parts += [money] if field.cost.money or not parts else []
    return listed(parts, language)


def answers_in_words(field: BaseField, policy: Policy, language: Language) -> str:
    """Return which answers there are."""
    answers = _answers(field, policy, language)
    if field.not_applicable is None or field.derived:
        return answers
    return f"{answers}; {word('answer_not_applicable', language)}".replace(
        ";", "\N{NO-BREAK SPACE};" if language == "fr" else ";"
    )


def _answers(field: BaseField, policy: Policy, language: Language) -> str:
    if isinstance(field, BooleanField):
        return word("answer_yes_no", language)
    if isinstance(field, CategoryField):
        link = " < " if field.ordered else ", "
        return link.join(field.values) if field.values else word("answer_any", language)
    if isinstance(field, NumberField):
        return _number(field, language)
    if isinstance(field, DateField):
        return _day(field, language)
    if isinstance(field, TextField):
        return word("answer_text", language)
    return _derived(field, policy, language)


def _number(field: NumberField, language: Language) -> str:
    low, high = (
        None if limit is None else quantity(limit, field.unit, language)
        for limit in (field.min, field.max)
    )
    if low is None and high is None and field.unit:
        return word("answer_unit", language, unit=_unit(field.unit, language))
    return _between(low, high, "answer_number", language)


def _unit(unit: str, language: Language) -> str:
    """Return a unit alone, as it stands after a number."""
    return quantity(2.0, unit, language).replace("2", "").strip()


def _day(field: DateField, language: Language) -> str:
    low, high = (
        None if day is None else written_day(day, language) for day in (field.min, field.max)
    )
    return _between(low, high, "answer_date", language)


def _between(low: str | None, high: str | None, neither: str, language: Language) -> str:
    if low is not None and high is not None:
        return word("answer_between", language, low=low, high=high)
    if low is not None:
        return word("answer_from", language, low=low)
    if high is not None:
        return word("answer_to", language, high=high)
    return word(neither, language)


def _derived(field: BaseField, policy: Policy, language: Language) -> str:
    def name(source: str) -> str:
        return quoted(_label(source, policy, language), language)

    if isinstance(field, RatioField):
        return word("derived_ratio", language, of=name(field.of), to=name(field.to))
    if isinstance(field, DaysField):
        ends = [
            word("derived_as_of", language) if end == AS_OF else name(end)
            for end in (field.start, field.end)
        ]
        return word("derived_days", language, start=ends[0], end=ends[1])
    raise TypeError(field)  # pragma: no cover (every type is above)
