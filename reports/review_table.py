"""The review in a terminal: the figures of the page, in 120 columns."""

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text as Line

from features.texts import Language
from reports.numbers import (
    NOTHING,
    counted,
    decimal,
    decimal_range,
    part_of,
    percent,
    percent_range,
    points,
    points_of_percent,
    whole,
)
from reports.review import (
    EvaluationSummary,
    FieldReview,
    Importance,
    Review,
    RuleKind,
    RuleReview,
    WinRate,
)
from reports.review_words import MARKS, METRIC_DIGITS, WORDS, difference, knowledge, verdict, word

WIDEST = 17
KINDS: tuple[RuleKind, ...] = ("criterion", "knockout")


def review_lines(review: Review, language: Language) -> tuple[Table, ...]:
    """Return the table of rules and, where the model uses other fields, that of these.

    The title says how many deals there are, and the caption whether the model knows anything.
    """
    rules = _rules(review, language)
    return (rules, _fields(review, language)) if review.unmentioned else (rules,)


def _rules(review: Review, language: Language) -> Table:
    headings = ("rule", "points", "answered", "met", "not_met", "contribution", "importance")
    table = _table(_headline(review, language), headings, language)
    table.caption = _caption(review.evaluation, language)
    for kind in KINDS:
        for rule in review.rules:
            if rule.kind == kind:
                table.add_row(*_rule(rule, language))
        table.add_section()
    return table


def _fields(review: Review, language: Language) -> Table:
    headings = ("field", "answered", "size", "importance")
    table = _table("\n" + word("unmentioned_title", language), headings, language)
    table.caption = Line("\n" + word("unmentioned_hint", language))
    for field in review.unmentioned:
        table.add_row(*_field(field, language))
    return table


def _table(title: str, headings: Sequence[str], language: Language) -> Table:
    # Lines, not strings: a label that looks like markup stays what it is.
    table = Table(
        title=Line(title, "bold"),
        box=SIMPLE_HEAD,
        collapse_padding=True,
        pad_edge=False,
        show_edge=False,
        title_justify="left",
        caption_justify="left",
    )
    for heading in headings:
        first = heading == headings[0]
        table.add_column(
            Line(word(f"column_{heading}", language)),
            justify="left" if first else "right",
            max_width=None if first else WIDEST,
        )
    return table


def _headline(review: Review, language: Language) -> str:
    closed = counted(review.closed_deals, WORDS["closed_deal"], WORDS["closed_deals"], language)
    return (
        review.title.in_(language)
        + "\n"
        + word(
            "headline",
            language,
            closed=closed,
            won=whole(review.won, language),
            rate=percent(review.base_rate, language),
            interval=percent_range(*review.interval, language),
            twins=whole(review.twins, language),
        )
    )


def _caption(evaluation: EvaluationSummary, language: Language) -> Line:
    """Return what the marks mean, then what to think of the model."""
    marks = "   ".join(f"{mark} {word(key, language)}" for key, mark in MARKS.items())
    tests = part_of(evaluation.splits_won, evaluation.n_splits, language)
    figures = [f"{word('splits_won', language)} {tests}"]
    for name in ("auc", "calibration_slope"):
        mean = decimal(evaluation.metrics.get(name), language, digits=METRIC_DIGITS)
        figures.append(f"{word(name, language)} {mean}")
    return Line.assemble(
        f"\n{marks}\n\n",
        (word(knowledge(evaluation), language), "bold"),
        f" {verdict(evaluation, language)}\n{' · '.join(figures)}",
    )


def _rule(rule: RuleReview, language: Language) -> tuple[Line, ...]:
    return (
        _name(rule.label.in_(language), f"{word(rule.kind, language)} {rule.id}"),
        Line(points(rule.points, language)),
        Line(percent(rule.answered, language)),
        _rate(rule.met, MARKS[difference(rule)], language),
        _rate(rule.not_met, "", language),
        Line(points_of_percent(rule.contribution, language)),
        _importance(rule.importance, language),
    )


def _field(field: FieldReview, language: Language) -> tuple[Line, ...]:
    return (
        _name(field.label.in_(language), field.name),
        Line(percent(field.answered, language)),
        Line(points_of_percent(field.contribution, language, signed=False)),
        _importance(field.importance, language),
    )


def _name(label: str, below: str) -> Line:
    return Line.assemble((label, "bold"), (f"\n{below}", "dim"))


def _rate(rate: WinRate, mark: str, language: Language) -> Line:
    deals = part_of(rate.won, rate.deals, language)
    if rate.rate is None:
        return Line(f"{NOTHING}\n{deals}")
    interval = percent_range(rate.low, rate.high, language)
    return Line(f"{mark} {percent(rate.rate, language)} ({interval})\n{deals}".lstrip())


def _importance(importance: Importance | None, language: Language) -> Line:
    if importance is None:
        return Line(NOTHING)
    mean = decimal(importance.mean, language, digits=METRIC_DIGITS)
    ends = decimal_range(importance.low, importance.high, language, digits=METRIC_DIGITS)
    return Line(mean if importance.low is None else f"{mean}\n({ends})")
