"""A policy as a page that a sales director reads: everything it says, in words of one language.

The terminal, the HTML page and the JSON are three ways of showing the same page.
"""

from dataclasses import asdict, dataclass
from typing import Any

from features.policy import Policy
from features.texts import Language
from models.scorecard import MOST_UNDECIDED, best_points
from reports.numbers import decimal, points, quantity, share, whole
from reports.policy_money import MoneyEntry, money_entry
from reports.policy_questions import QuestionEntry, question_entries
from reports.policy_rules import (
    CriterionGroup,
    KnockoutGroup,
    criterion_groups,
    knockout_groups,
    scale,
)
from reports.policy_words import said, word


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the headline."""

    name: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class GradeEntry:
    """A grade and where it begins."""

    grade: str
    p_win: str
    points: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPage:
    """The whole page, in one language; ``lowest`` and ``highest`` are the ends of its scale."""

    language: Language
    name: str
    title: str
    version: str | None
    fingerprint: str
    figures: tuple[Figure, ...]
    how: tuple[str, ...]
    grades: tuple[GradeEntry, ...]
    knockouts: tuple[KnockoutGroup, ...]
    criteria: tuple[CriterionGroup, ...]
    lowest: float
    highest: float
    money: MoneyEntry
    questions: tuple[QuestionEntry, ...]

    @property
    def has_costs(self) -> bool:
        """Whether the policy says of any question what its answer costs."""
        return any(question.cost is not None for question in self.questions)

    @property
    def has_validity(self) -> bool:
        """Whether the answers to any question grow too old."""
        return any(question.valid is not None for question in self.questions)

    def to_data(self) -> dict[str, Any]:
        """Return the page as plain data."""
        return asdict(self)


def policy_page(policy: Policy, language: Language) -> PolicyPage:
    """Return the page of a policy in one language."""
    lowest, highest = scale(policy)
    questions = question_entries(policy, language)
    return PolicyPage(
        language=language,
        name=policy.name,
        title=said(policy.title, language),
        version=policy.version,
        fingerprint=policy.fingerprint,
        figures=_figures(policy, questions, language),
        how=tuple(_how(policy, language)),
        grades=_grades(policy, language),
        knockouts=knockout_groups(policy, language),
        criteria=criterion_groups(policy, language),
        lowest=lowest,
        highest=highest,
        money=money_entry(policy, language),
        questions=questions,
    )


def _figures(
    policy: Policy, questions: tuple[QuestionEntry, ...], language: Language
) -> tuple[Figure, ...]:
    refusing = sum(one.refuses for one in policy.knockouts)
    low = sum(min(one.attainable()) for one in policy.criteria)
    asked = [one for one in questions if one.name in policy.asked]
    counts = {
        "knockouts": (
            len(policy.knockouts),
            {
                "refusing": whole(refusing, language),
                "conditional": whole(len(policy.knockouts) - refusing, language),
            },
        ),
        "criteria": (
            len(policy.criteria),
            {"low": points(low, language), "high": points(best_points(policy), language)},
        ),
        "questions": (
            len(asked),
            {"used": whole(sum(one.is_used for one in asked), language)},
        ),
    }
    figures = {
        name: Figure(
            word(f"figure_{name}", language),
            whole(count, language),
            word(f"figure_{name}_note", language, **values),
        )
        for name, (count, values) in counts.items()
    }
    return (
        figures["knockouts"],
        figures["criteria"],
        _worth(policy, language),
        figures["questions"],
    )


def _worth(policy: Policy, language: Language) -> Figure:
    name = word("figure_worth", language)
    p_win, value = _thresholds(policy, language)
    if p_win is None:
        return Figure(name, str(value), word("figure_worth_value", language))
    if value is None:
        return Figure(name, p_win, word("figure_worth_p_win", language))
    return Figure(name, p_win, word("figure_worth_both", language, value=value))


def _thresholds(policy: Policy, language: Language) -> tuple[str | None, str | None]:
    go_at = policy.decision.go_at
    money = go_at.expected_value
    return (
        None if go_at.p_win is None else share(go_at.p_win, language),
        None if money is None else quantity(money, policy.economics.currency, language),
    )


def _how(policy: Policy, language: Language) -> list[str]:
    p_win, value = _thresholds(policy, language)
    key = "how_both" if p_win and value else "how_p_win" if p_win else "how_value"
    sentences = [word("how_knockouts", language), word("how_unknown", language)]
    sentences = sentences if policy.knockouts else []
    sentences.append(word(key, language, p_win=p_win or "", value=value or ""))
    at = policy.decision.go_at.points
    if policy.criteria:
        best = decimal(best_points(policy), language)
        have = "how_no_points" if at is None else "how_points"
        sentences.append(word(have, language, points=decimal(at, language), best=best))
        undecided = share(MOST_UNDECIDED, language)
        sentences.append(word("how_too_little", language, share=undecided))
    exploration = policy.decision.exploration
    if exploration is not None:
        hours = exploration.most_hours
        most = (
            ""
            if hours is None
            else word("how_most_hours", language, hours=quantity(hours, "hours", language))
        )
        tested = share(exploration.share, language)
        sentences.append(word("how_exploration", language, share=tested, most=most))
    return sentences


def _grades(policy: Policy, language: Language) -> tuple[GradeEntry, ...]:
    return tuple(
        GradeEntry(
            grade.grade,
            share(grade.p_win, language),
            None if grade.points is None else points(grade.points, language),
        )
        for grade in policy.decision.grades
    )
