"""Whether new deals still look like those the model learned from: answers, gaps, new labels."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom, norm

from features.columns import CategoryColumn, Column, NumericColumn
from features.texts import Text
from models.win_model import WinModel
from reports.monitoring import DriftKind, FieldDrift, InputDrift
from training.monitoring.psi import (
    Stability,
    design_effect,
    found_by_benjamini_hochberg,
    label_bins,
    number_bins,
    stability,
)
from training.monitoring.watched import WatchedDeals

Mask = NDArray[np.bool_]

FEWEST = 30
"""Deals on either side, below which nothing is said."""


@dataclass(frozen=True, slots=True)
class _Compared:
    """One column on both sides, and the chance of each difference where there were none."""

    answers: Stability | None
    missing: tuple[float, float]
    new_share: float
    chances: dict[DriftKind, float]


def input_drift(
    reference: WatchedDeals, current: WatchedDeals, model: WinModel, labels: Mapping[str, Text]
) -> InputDrift:
    """Return the drift of the score and of each field that the model sees.

    Answers, gaps and new labels are looked at apart, and all these looks are paid for at once
    (Benjamini and Hochberg 1995). Days are passed over, as they always move on, and so are track
    records, which always grow.
    """
    n, m = len(reference), len(current)
    if min(n, m) < FEWEST:
        return InputDrift(reference=n, current=m, fields=())
    compared = {"": _compare_scores(reference, current)}
    for name in model.schema.fields():
        before, now = (side.table.columns.get(name) for side in (reference, current))
        if before is None or now is None or _moves_on(before):
            continue
        compared[name] = _compare(before, now, (reference.accounts, current.accounts))
    chances = [
        (name, kind, p) for name, one in compared.items() for kind, p in one.chances.items()
    ]
    found = found_by_benjamini_hochberg(np.array([p for _, _, p in chances]))
    alerts = {(name, kind) for (name, kind, _), is_found in zip(chances, found, strict=True)
              if is_found}  # fmt: skip
    return InputDrift(
        reference=n,
        current=m,
        fields=tuple(
            _row(
                name,
                one,
                labels.get(name),
                [kind for kind in one.chances if (name, kind) in alerts],
            )
            for name, one in compared.items()
        ),
    )


def _row(name: str, one: _Compared, label: Text | None, alerts: list[DriftKind]) -> FieldDrift:
    told = one.answers
    return FieldDrift(
        name=name or None,
        label=label,
        psi=None if told is None else told.psi,
        cut=None if told is None else told.cut,
        bins=1 if told is None else told.bins,
        chances=one.chances,
        missing_before=one.missing[0],
        missing_now=one.missing[1],
        new_share=one.new_share,
        alerts=tuple(alerts),
    )


def _compare_scores(reference: WatchedDeals, current: WatchedDeals) -> _Compared:
    codes = [number_bins(reference.p_win, side.p_win) for side in (reference, current)]
    told = stability(codes[0], codes[1], (reference.accounts, current.accounts))
    return _Compared(told, (0.0, 0.0), 0.0, {} if told is None else {"answers": told.p})


def _moves_on(column: Column) -> bool:
    return isinstance(column, NumericColumn) and column.kind == "date"


def _compare(
    before: Column, now: Column, accounts: tuple[NDArray[np.intp], NDArray[np.intp]]
) -> _Compared:
    known, new = (before.known(), now.known()), _new_labels(before, now)
    chances: dict[DriftKind, float] = {}
    told = None
    if min(known[0].sum(), known[1].sum()) >= FEWEST:
        codes = _bins(before, now)
        groups = accounts[0][known[0]], accounts[1][known[1]]
        told = stability(codes[0][known[0]], codes[1][known[1]], groups)
        if told is not None:
            chances["answers"] = told.p
    missing = float(1 - known[0].mean()), float(1 - known[1].mean())
    if 0 < sum(missing) < 2:  # noqa: PLR2004 (somebody answers, and somebody does not)
        chances["missing"] = _chance_of_gaps(known, accounts)
    if new.any():
        chances["new"] = float(binom.sf(new.sum() - 1, len(new), _rate_of_new(before)))
    return _Compared(told, missing, float(new.mean()), chances)


def _bins(before: Column, now: Column) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return both columns in the bins of the first; not applicable is a bin of its own."""
    sides = before, now
    if isinstance(before, CategoryColumn) and isinstance(now, CategoryColumn):
        place = {level: code for code, level in enumerate(before.levels)}
        other = len(place)
        codes = [_as_levels(side, place, other) for side in (before, now)]
        answered = codes[0][before.answered()]
        binned = [label_bins(answered, one, other + 1) for one in codes]
    else:
        values = [side.values for side in sides if isinstance(side, NumericColumn)]
        answered_values = values[0][before.answered()]
        if not len(answered_values):
            answered_values = np.zeros(1)
        binned = [number_bins(answered_values, np.nan_to_num(one)) for one in values]
    own = max(one.max(initial=0) for one in binned) + 1
    first, second = (np.where(side.not_applicable(), own, one)
                     for side, one in zip(sides, binned, strict=True))  # fmt: skip
    return first, second


def _as_levels(column: CategoryColumn, place: dict[str, int], other: int) -> NDArray[np.intp]:
    """Return a column's codes by the levels of another; unknown to it is ``other``."""
    found = [place.get(level, other) for level in column.levels]
    return np.array([*found, other, other], dtype=np.intp)[column.codes]  # -1, -2: the end


def _new_labels(before: Column, now: Column) -> Mask:
    """Return which current deals have an answer that no earlier deal had."""
    if not (isinstance(before, CategoryColumn) and isinstance(now, CategoryColumn)):
        return np.zeros(len(now.known()), dtype=bool)
    met = {before.levels[code] for code in np.unique(before.codes) if code >= 0}
    is_new = np.array([*(level not in met for level in now.levels), False, False], dtype=bool)
    return np.asarray(is_new[now.codes])


def _rate_of_new(before: Column) -> float:
    """Return how often an answer never met is to be expected where nothing changes.

    It is the share of the deals whose answer was met once (Good 1953, after Turing).
    """
    if not isinstance(before, CategoryColumn):
        return 0.0
    counts = np.bincount(before.codes[before.codes >= 0])
    once = int((counts == 1).sum())
    return (once + 1) / (int(counts.sum()) + 2)


def _chance_of_gaps(known: tuple[Mask, Mask], accounts: tuple[NDArray[np.intp], ...]) -> float:
    """Return the chance of such different shares of gaps, of deals of one customer too."""
    p = float(np.concatenate(known).mean())
    sides = zip(known, accounts, strict=True)
    variance = sum(p * (1 - p) * design_effect(one.astype(np.intp), group) / len(one)
                   for one, group in sides)  # fmt: skip
    apart = abs(float(known[0].mean() - known[1].mean()))
    return float(2 * norm.sf(apart / np.sqrt(variance)))
