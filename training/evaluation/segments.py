"""Where the model is off: held-out deals by their answers."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import false_discovery_control, norm

from features.columns import CategoryColumn, Column
from features.policy import Policy
from features.texts import Text
from reports.evaluation import Segment
from training.closed_deals import ClosedDeals
from training.evaluation.calibration import gap_error
from training.evaluation.estimates import Estimates
from training.evaluation.metrics import log_losses

Mask = NDArray[np.bool_]

FEWEST_DEALS = 30
MOST_LEVELS = 12
FALSE_SHARE = 0.05
COVERAGE = 0.95


def segments(deals: ClosedDeals, policy: Policy, estimates: Estimates) -> tuple[Segment, ...]:
    """Return the segments of at least 30 held-out deals, the farthest off first.

    Segments are the answers to the questions that the model sees, where these have at most 12. A
    segment is flagged where its gap is too large for chance, of the flagged ones at most 5 %
    falsely (Benjamini and Hochberg 1995). ``estimates`` count each deal once.
    """
    found = [
        _Found(name, level, held)
        for name, field in policy.fields.items()
        if field.in_model and name not in deals.kept_out and name in deals.table.columns
        for level, held in _answers(deals.table.columns[name].take(estimates.row))
        if held.sum() >= FEWEST_DEALS
    ]
    if not found:
        return ()
    chances = [_chance(estimates.take(one.held)) for one in found]
    corrected = false_discovery_control(chances)
    told = [
        _segment(one, float(p), estimates.take(one.held), policy)
        for one, p in zip(found, corrected, strict=True)
    ]
    return tuple(sorted(told, key=lambda one: (one.p, -abs(one.gap), one.field, str(one.level))))


@dataclass(frozen=True, slots=True)
class _Found:
    field: str
    level: str | bool
    held: Mask


def _answers(column: Column) -> Iterator[tuple[str | bool, Mask]]:
    if isinstance(column, CategoryColumn):
        used = np.unique(column.codes[column.codes >= 0])
        if len(used) <= MOST_LEVELS:
            for code in used:
                yield column.levels[code], np.asarray(column.codes == code)
    elif column.kind == "boolean":
        yield True, np.asarray(column.values == 1)
        yield False, np.asarray(column.values == 0)


def _chance(of: Estimates) -> float:
    error = gap_error(of.p_win, of.won, of.cluster)
    return float(2 * norm.sf(abs(np.mean(of.won - of.p_win)) / max(error, 1e-12)))


def _segment(one: _Found, p: float, of: Estimates, policy: Policy) -> Segment:
    gap = float(np.mean(of.won - of.p_win))
    reach = float(norm.ppf((1 + COVERAGE) / 2)) * gap_error(of.p_win, of.won, of.cluster)
    field = policy.fields[one.field]
    return Segment(
        field=one.field,
        label=Text(en=field.label_in(one.field, "en"), fr=field.label_in(one.field, "fr")),
        level=one.level,
        deals=len(of),
        won=float(of.won.mean()),
        promised=float(of.p_win.mean()),
        log_loss=float(log_losses(of.p_win, of.won).mean()),
        gap=gap,
        interval=(gap - reach, gap + reach),
        p=p,
        flagged=p < FALSE_SHARE,
    )
