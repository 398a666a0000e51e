"""The review as one page: a single HTML file that loads nothing, in French or in English."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from math import log
from typing import Any

from jinja2 import Template

from features.texts import Language
from models.evidence import win_rate_interval
from reports import numbers
from reports.conflict_words import conflict_words
from reports.environment import page_environment
from reports.review import EvaluationSummary, Review
from reports.review_words import MARKS, METRIC_DIGITS, WORDS, difference, knowledge, verdict, word


def render_review(review: Review, language: Language) -> str:
    """Return the page: one self-contained HTML file, without scripts, of less than 100 kB.

    Labels are escaped, whatever they hold.
    """
    groups = reliability_groups(review)
    return _template().render(
        review=review,
        language=language,
        closed=numbers.counted(
            review.closed_deals, WORDS["closed_deal"], WORDS["closed_deals"], language
        ),
        knows=knowledge(review.evaluation),
        verdict=verdict(review.evaluation, language),
        model=partial(metric, review.evaluation, language),
        groups=groups,
        gap=mean_gap(groups),
        kept=sum(group.kept for group in groups),
        **conflict_words(review.conflicts, language),
        **_words_and_numbers(language),
    )


def metric(evaluation: EvaluationSummary, language: Language, name: str) -> str:
    """Return a metric of the model, with its spread where there are several splits."""
    spread = evaluation.spread.get(name)
    mean = numbers.decimal(evaluation.metrics.get(name), language, digits=METRIC_DIGITS)
    if evaluation.n_splits == 1 or spread is None or mean == numbers.NOTHING:
        return mean
    return f"{mean} ± {numbers.decimal(spread, language, digits=METRIC_DIGITS)}"


@dataclass(frozen=True, slots=True)
class ReliabilityGroup:
    """A group of estimates: what was promised, what came, and the 90 % interval of the latter."""

    estimates: int
    promised: float
    won: float
    low: float
    high: float

    @property
    def kept(self) -> bool:
        """Whether the promise lies in the interval."""
        return self.low <= self.promised <= self.high


def reliability_groups(review: Review) -> list[ReliabilityGroup]:
    """Return the groups of the reliability figure with their intervals.

    Repeated splits judge a deal more than once, and a deal seen five times is not five deals: the
    intervals count no more deals than there are.
    """
    bins = review.evaluation.reliability
    estimates = sum(one.deals for one in bins)
    share = min(1.0, review.closed_deals / estimates) if estimates else 1.0
    groups = []
    for one in bins:
        deals = max(1, round(one.deals * share))
        low, high = win_rate_interval(round(one.won * deals), deals)
        groups.append(ReliabilityGroup(one.deals, one.promised, one.won, low, high))
    return groups


def mean_gap(groups: Sequence[ReliabilityGroup]) -> float | None:
    """Return by how much promises and outcomes differ, each estimate counting alike."""
    estimates = sum(group.estimates for group in groups)
    gaps = (group.estimates * abs(group.won - group.promised) for group in groups)
    return sum(gaps) / estimates if estimates else None


def along(share: float, start: float, length: float) -> str:
    """Return a place on an axis of an SVG, whose decimals are English in every language.

    >>> along(0.25, 6, 156)
    '45'
    """
    return f"{start + share * length:.1f}".removesuffix(".0")


def _words_and_numbers(language: Language) -> dict[str, Any]:
    functions: tuple[Callable[..., str], ...] = (
        numbers.percent,
        numbers.percent_range,
        numbers.points_of_percent,
        numbers.points,
        numbers.decimal,
        numbers.decimal_range,
        numbers.whole,
        numbers.part_of,
    )
    return {
        "w": partial(word, language=language),
        "label": lambda text: text.in_(language),
        **{one.__name__: partial(one, language=language) for one in functions},
    }


@cache
def _template() -> Template:
    environment = page_environment()
    environment.globals |= {
        "along": along,
        "difference": difference,
        "marks": MARKS,
        "coin_toss": log(2),
        "metric_digits": METRIC_DIGITS,
    }
    return environment.get_template("review.html.j2")
