"""Answers and bands whose win rate differs from the rest, with many looks paid for.

Every answer of every field is compared with all other known answers of the field; which of them
differ is told at a false discovery rate of 5 % (Benjamini and Hochberg 1995, J. R. Statist. Soc. B
57, 289-300). Points are ten times the binary logarithm of the ratio of odds: ten points double the
odds. The ratio is drawn towards 1 as if by ten more deals that were won as often as all are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2_contingency, fisher_exact

from features.columns import CategoryColumn, Column, NumericColumn

Vector = NDArray[np.float64]
Mask = NDArray[np.bool_]

FEWEST_DEALS = 10
DISCOVERY_RATE = 0.05
DRAWN_BY_DEALS = 10.0
POINTS_FOR_DOUBLE = 10.0
STEP, MOST_POINTS = 5, 30
MOST_CUTS = 3
ENOUGH_EXPECTED = 5.0


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a field: a word, yes or no, or a band of numbers (low included, high not)."""

    word: str | bool | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, kw_only=True)
class Compared:
    """The closed deals with an answer beside those with another known answer of the field."""

    field: str
    answer: Answer
    won: int
    deals: int
    rest_won: int
    rest_deals: int
    tells: bool = False

    @cached_property
    def p_value(self) -> float:
        """How easily chance alone would make such a difference (two-sided)."""
        table = np.array(
            [[self.won, self.deals - self.won], [self.rest_won, self.rest_deals - self.rest_won]]
        )
        expected = table.sum(axis=1)[:, None] * table.sum(axis=0) / table.sum()
        if (expected == 0).any():
            return 1.0
        if expected.min() < ENOUGH_EXPECTED:
            return float(fisher_exact(table).pvalue)
        return float(chi2_contingency(table).pvalue)

    @property
    def points(self) -> int:
        """The points that the difference suggests, a multiple of five; 0 where it is too small."""
        overall = (self.won + self.rest_won) / (self.deals + self.rest_deals)
        odds = [
            (won + DRAWN_BY_DEALS * overall) / (deals - won + DRAWN_BY_DEALS * (1 - overall))
            for won, deals in ((self.won, self.deals), (self.rest_won, self.rest_deals))
        ]
        raw = POINTS_FOR_DOUBLE * np.log2(odds[0] / odds[1]) / STEP
        return int(np.clip(STEP * round(float(raw)), -MOST_POINTS, MOST_POINTS))


def compare_answers(columns: Mapping[str, Column], won: Vector) -> tuple[Compared, ...]:
    """Return every answer with enough deals beside the rest, and whether the difference tells.

    ``won`` has shape (n_deals,), as the columns have. Nothing is said where fewer than 10 deals
    were won, or 10 were not.
    """
    if min(won.sum(), (1 - won).sum()) < FEWEST_DEALS:
        return ()
    found = [
        compared
        for name, column in columns.items()
        for answer, chosen, known in _answers(column)
        if (compared := _compared(name, answer, won, chosen, known)) is not None
    ]
    tells = discoveries([one.p_value for one in _once(found)])
    told = {(one.field, one.answer): bool(t) for one, t in zip(_once(found), tells, strict=True)}
    fields = {one.field for one in found if told.get((one.field, one.answer))}
    return tuple(
        replace(one, tells=told.get((one.field, one.answer), one.field in fields)) for one in found
    )


def discoveries(p_values: Sequence[float], rate: float = DISCOVERY_RATE) -> Mask:
    """Return which of some tests are discoveries, at a false discovery rate.

    >>> discoveries([0.001, 0.04, 0.03, 0.9]).tolist()
    [True, False, False, False]
    """
    p = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(p, kind="stable")
    below = p[order] <= rate * np.arange(1, len(p) + 1) / max(1, len(p))
    found = np.zeros(len(p), dtype=bool)
    if below.any():
        found[order[: np.flatnonzero(below)[-1] + 1]] = True
    return found


def _once(found: Sequence[Compared]) -> list[Compared]:
    """Return the tests that say something of their own: no is the other side of yes."""
    counts: dict[str, list[Compared]] = {}
    for one in found:
        counts.setdefault(one.field, []).append(one)
    kept = []
    for several in counts.values():
        mirrored = len(several) == 2 and several[0].deals == several[1].rest_deals  # noqa: PLR2004
        kept += several[:1] if mirrored else several
    return kept


def _answers(column: Column) -> list[tuple[Answer, Mask, Mask]]:
    known = column.answered()
    if isinstance(column, CategoryColumn):
        counts = np.bincount(column.codes[known], minlength=len(column.levels))
        codes = np.flatnonzero(counts >= FEWEST_DEALS)
        return [(Answer(column.levels[int(c)]), column.codes == c, known) for c in codes]
    if column.kind == "boolean":
        return [(Answer(yes), known & (column.values == yes), known) for yes in (True, False)]
    return _bands(column, known)


def _bands(column: NumericColumn, known: Mask) -> list[tuple[Answer, Mask, Mask]]:
    values = column.values[known]
    if len(values) < (MOST_CUTS + 1) * FEWEST_DEALS:
        return []
    cuts = _cuts(values)
    edges = [None, *cuts, None]
    found = []
    for low, high in pairwise(edges) if cuts else ():
        chosen = known.copy()
        chosen &= True if low is None else column.values >= low
        chosen &= True if high is None else column.values < high
        found.append((Answer(low=low, high=high), chosen, known))
    return found


def _cuts(values: Vector) -> list[float]:
    """Return limits near the quartiles, in two digits, with enough deals on both sides."""
    places = np.linspace(0, 1, MOST_CUTS + 2)[1:-1]
    rounded = sorted({float(f"{cut:.2g}") for cut in np.quantile(values, places)})
    cuts: list[float] = []
    for cut in rounded:
        last = cuts[-1] if cuts else -np.inf
        band = int(((values >= last) & (values < cut)).sum())
        if band >= FEWEST_DEALS and int((values >= cut).sum()) >= FEWEST_DEALS:
            cuts.append(cut)
    return cuts


def _compared(
    field: str, answer: Answer, won: Vector, chosen: Mask, known: Mask
) -> Compared | None:
    rest = known & ~chosen
    deals, others = int(chosen.sum()), int(rest.sum())
    if min(deals, others) < FEWEST_DEALS:
        return None
    return Compared(
        field=field, answer=answer, won=int(won[chosen].sum()), deals=deals,
        rest_won=int(won[rest].sum()), rest_deals=others,
    )  # fmt: skip
