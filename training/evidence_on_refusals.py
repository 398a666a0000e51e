"""What a few explored deals prove of those refused: read every quarter, at most 10 % wrong a year.

Whoever looks four times a year and acts at the first look that convinces is wrong more often than
one look is. So only whole quarters count (who looks every day sees nothing new), and a look must
convince at a level at which four looks in a row, each at the last four quarters, are wrong in 10 %
of years at most where every deal has exactly the chance of the threshold: the smallest p of four
looks (Westfall and Young 1993), with the same deals in several of them, for which plain division
by four (Bonferroni) would pay twice.
"""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta, binom

Counts = NDArray[np.int64]

LOOKS = 4
"""Looks a year, and the quarters that each looks back at."""
WRONG_A_YEAR = 0.10
YEARS = 20_000
POWER, MOST_DEALS = 0.8, 1_000
STEP = 1.1
DIGITS = 3


def jeffreys(won: float, deals: float, coverage: float) -> tuple[float, float]:
    """Return the Jeffreys interval of a win rate; the counts may be effective ones.

    >>> tuple(round(end, 2) for end in jeffreys(5, 10, 0.9))
    (0.26, 0.74)
    >>> jeffreys(0, 0, 0.9)
    (0.0, 1.0)
    """
    tail = (1 - coverage) / 2
    low = float(beta.ppf(tail, won + 0.5, deals - won + 0.5)) if won > 0 else 0.0
    high = float(beta.ppf(1 - tail, won + 0.5, deals - won + 0.5)) if won < deals else 1.0
    return low, high


def lowest_rate(won: int, deals: int, threshold: float) -> float:
    """Return the win rate that deals prove at least, by looks at four quarters a year.

    It lies above the threshold in at most 10 % of years in which the true rate is below it.
    """
    if not won:
        return 0.0
    level = look_level(deals, round(threshold, DIGITS))
    return float(beta.ppf(level, won, deals - won + 1))


def highest_rate(won: int, deals: int, threshold: float) -> float:
    """Return the win rate that deals prove at most; wins and losses change places."""
    return 1 - lowest_rate(deals - won, deals, 1 - threshold)


@lru_cache(maxsize=4096)
def look_level(deals: int, threshold: float) -> float:
    """Return the level of one look at so many deals, a quarter of them new at each look.

    Between 2.5 % (four looks that share nothing) and 10 % (four that see the same); years are
    drawn with a seed of their own, so the level is always the same.
    """
    random = np.random.default_rng([deals, round(threshold * 10**DIGITS)])
    new = np.array([deals // LOOKS + (place < deals % LOOKS) for place in range(LOOKS)])
    per_quarter = np.resize(new, 2 * LOOKS - 1)
    won = random.binomial(per_quarter, threshold, size=(YEARS, len(per_quarter)))
    seen = np.lib.stride_tricks.sliding_window_view(won, LOOKS, axis=1).sum(axis=2)
    chances = chances_of(deals, threshold)
    smallest = chances[seen.max(axis=1)]  # each look sees as many deals
    years = np.array([(smallest <= chance).mean() for chance in chances])
    allowed = chances[years <= WRONG_A_YEAR]
    beyond = chances[years > WRONG_A_YEAR]
    # Halfway to the next count of wins, that rounding decides nothing.
    reached = (np.max(allowed, initial=0.0) + min(beyond.min(), WRONG_A_YEAR)) / 2
    return float(np.clip(reached, WRONG_A_YEAR / LOOKS, WRONG_A_YEAR))


def chances_of(deals: int, threshold: float) -> NDArray[np.float64]:
    """Return the chance of so many wins or more, for each count from none to all."""
    return np.asarray(binom.sf(np.arange(deals + 1) - 1, deals, threshold))


@lru_cache(maxsize=1024)
def deals_needed(threshold: float) -> int | None:
    """Return how many deals of four quarters show a win rate of twice the threshold.

    They do in eight years of ten, or somewhat more. None where that takes more than 1,000, or
    twice the threshold is no win rate.

    >>> deals_needed(0.2), deals_needed(0.6)
    (44, None)
    """
    truth = 2 * threshold
    if not 0 < truth < 1:
        return None
    for deals in _some_numbers():
        level = look_level(deals, round(threshold, DIGITS))
        fewest = int(np.argmax(chances_of(deals, threshold) <= level))
        if fewest and chances_of(deals, truth)[fewest] >= POWER:
            return deals
    return None


def _some_numbers() -> Iterator[int]:
    """Yield numbers of deals that four quarters can share, a tenth more each time."""
    deals = LOOKS
    while deals <= MOST_DEALS:
        yield deals
        deals = max(deals + LOOKS, round(deals * STEP / LOOKS) * LOOKS)
