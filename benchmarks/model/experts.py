"""What sales directors would write about the simulated market, as criteria of a policy.

The effects are the market's own, in log-odds between a deal that meets the criterion and one that
does not. A sensible expert gives a point for every 0.04 of an effect, guessed with a spread,
in steps of five; others know less.
"""

from collections.abc import Callable, Mapping
from statistics import mean
from typing import Any, TypeAlias

import numpy as np

from simulation import odds

Condition: TypeAlias = dict[str, Any]
Written: TypeAlias = list[dict[str, Any]]

POINTS_A_LOGIT, STEP = 25.0, 5.0
GUESS_SPREAD = 0.35
EQUAL_POINTS = 10.0
SHARE_FLIPPED = 0.4


def _over_rest(weights: Mapping[str, float], level: str) -> float:
    return weights[level] - mean(weight for name, weight in weights.items() if name != level)


def _few_competitors() -> float:
    few, many = (np.log1p(counts).mean() for counts in ([0, 1], [2, 3, 4, 5]))
    return float(odds.WIN_LOG_COMPETITORS * (few - many))


def _short_deadline() -> float:
    short, usual = (np.exp(-days / odds.DEADLINE_SCALE_DAYS) for days in (7.0, 30.0))
    return float(odds.WIN_SHORT_DEADLINE * (short - usual))


CRITERIA: Mapping[str, tuple[Condition, float]] = {
    "specified_by_us": ({"specified_by_us": True}, odds.WIN_SPECIFIED),
    "current_customer": (
        {"relationship": "current"}, _over_rest(odds.WIN_BY_RELATIONSHIP, "current")
    ),
    "decision_maker": (
        {"contact_level": "decision maker"}, _over_rest(odds.WIN_BY_CONTACT, "decision maker")
    ),
    "budget_confirmed": ({"budget_confirmed": True}, odds.WIN_BUDGET),
    "clear_need": ({"need": "clear"}, _over_rest(odds.WIN_BY_NEED, "clear")),
    "asked_directly": (
        {"request_type": "direct request"}, _over_rest(odds.WIN_BY_REQUEST, "direct request")
    ),
    "few_competitors": ({"competitors": {"at_most": 1}}, _few_competitors()),
    "tender_of_strangers": (
        {"request_type": "open tender", "relationship": "new"}, odds.WIN_STRANGERS_TENDER
    ),
    "competitor_in_place": (
        {"incumbent": "competitor"}, _over_rest(odds.WIN_BY_INCUMBENT, "competitor")
    ),
    "short_deadline": ({"days_to_deadline": {"below": 14}}, _short_deadline()),
}  # fmt: skip
"""The condition of each criterion, and what it is worth in truth."""


def sensible(random: np.random.Generator) -> list[float]:
    """Points as a good sales director would guess them: the right side, roughly the right size."""
    effects = np.array([effect for _, effect in CRITERIA.values()])
    guessed = POINTS_A_LOGIT * effects * random.lognormal(0.0, GUESS_SPREAD, len(effects))
    rounded = STEP * np.round(guessed / STEP)
    return [float(one) for one in np.where(rounded == 0, STEP * np.sign(effects), rounded)]


def equal(random: np.random.Generator) -> list[float]:  # noqa: ARG001 (as the others are called)
    """The same points for everything, on the right side."""
    return [float(EQUAL_POINTS * np.sign(effect)) for _, effect in CRITERIA.values()]


def wrong(random: np.random.Generator) -> list[float]:
    """Sensible points given to criteria at random, and then 40 % of them on the other side."""
    points = random.permutation(sensible(random))
    flipped = random.permutation(len(points))[: round(SHARE_FLIPPED * len(points))]
    points[flipped] *= -1
    return [float(one) for one in points]


EXPERTS: Mapping[str, Callable[[np.random.Generator], list[float]] | None] = {
    "sensible": sensible,
    "equal": equal,
    "wrong": wrong,
    "none": None,
}


def criteria_of(expert: str, seed: int) -> Written:
    """Return the criteria that an expert writes, as they stand in a policy file."""
    weigh = EXPERTS[expert]
    if weigh is None:
        return []
    points = weigh(np.random.default_rng([seed, list(EXPERTS).index(expert)]))
    return [
        {"id": name, "when": when, "points": worth, "label": {"en": name, "fr": name}}
        for (name, (when, _)), worth in zip(CRITERIA.items(), points, strict=True)
    ]
