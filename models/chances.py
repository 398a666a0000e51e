"""How likely each answer to an unknown question is, given what is known: smoothed counts.

Each known fact shifts the odds by how often its own kind of deals gave each answer, drawn towards
all deals as if by ten more of them; what several known facts say is added up a little short of
independence. Weights of deals are then fitted to these chances, fact by fact (iterative
proportional fitting, Deming and Stephan 1940), which keeps how the facts hang together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from features.columns import CategoryColumn, Column, NumericColumn
from models.likeness import ranks_among

Vector: TypeAlias = NDArray[np.float64]
Codes: TypeAlias = NDArray[np.intp]

MOST_BINS = 5
DRAWN_BY = 10.0
"""Deals of the overall mix that are added to each kind."""
OVERLAP = 0.85
"""Known facts say partly the same: each counts so much of what it says alone."""
ROUNDS = 4
LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Bins:
    """The answers to one question in some deals, counted together where they are numbers alike.

    ``codes`` has shape (n_deals,); ``known`` says which deals gave the answer themselves.
    """

    column: Column
    codes: Codes
    known: NDArray[np.bool_]
    n_bins: int

    @staticmethod
    def of(column: Column, known: NDArray[np.bool_]) -> "Bins":
        """Return the bins of a column that has no gaps."""
        codes = _codes(column, column)
        return Bins(column, codes, known, int(codes.max(initial=-1)) + 1)

    def code_of(self, answer: Column) -> int | None:
        """Return the bin of one deal's answer, None where it is in no bin."""
        code = int(_codes(answer, self.column)[0])
        return code if 0 <= code < self.n_bins else None


def chances_of(unknown: Bins, facts: Mapping[str, int], bins: Mapping[str, Bins]) -> Vector:
    """Return the chance of each bin of an unknown fact, shape (n_bins,), given known ones.

    ``facts`` holds the bins of the known facts by name.
    """
    overall = np.bincount(unknown.codes[unknown.known], minlength=unknown.n_bins) + LEAST
    log_chance = np.log(overall)
    for name, code in facts.items():
        both = unknown.known & bins[name].known
        answers = unknown.codes[both]
        usual = np.bincount(answers, minlength=unknown.n_bins) + 0.5
        usual = usual / usual.sum()
        kind = np.bincount(answers[bins[name].codes[both] == code], minlength=unknown.n_bins)
        given = (kind + DRAWN_BY * usual) / (kind.sum() + DRAWN_BY)
        log_chance = log_chance + OVERLAP * np.log(given / usual)
    chance = np.exp(log_chance - log_chance.max())
    return np.asarray(chance / chance.sum())


def fitted(weights: Vector, chances: Mapping[str, Vector], bins: Mapping[str, Bins]) -> Vector:
    """Return weights of deals that come as near to the chances of each fact as they can.

    Those of the last fact are met exactly, of the others nearly; they add up to one.
    """
    for _ in range(ROUNDS):
        for name, wanted in chances.items():
            codes = bins[name].codes
            have = np.bincount(codes, weights, minlength=len(wanted))
            weights = weights * (wanted / np.maximum(have, LEAST))[codes]
            weights = weights / weights.sum()
    return weights


def _codes(column: Column, among: Column) -> Codes:
    """Return the bins of answers, of those that another column makes: 0 where it does not apply.

    -1 where an answer is in none of them.
    """
    found = np.full(len(column.known()), -1, dtype=np.intp)
    if isinstance(column, CategoryColumn) and isinstance(among, CategoryColumn):
        place = {level: code + 1 for code, level in enumerate(among.levels)}
        of_level = np.array([*(place.get(level, -1) for level in column.levels), -1, -1])
        found = of_level[column.codes].astype(np.intp)
    elif isinstance(column, NumericColumn) and isinstance(among, NumericColumn):
        ordered = np.unique(among.values[among.answered()])
        if among.kind != "boolean":
            ordered = np.sort(among.values[among.answered()])
        ranks = np.nan_to_num(ranks_among(ordered, column.values))
        bins = 1 + np.minimum(np.floor(MOST_BINS * ranks), MOST_BINS - 1).astype(np.intp)
        found = np.where(column.answered(), bins, -1)
    return np.where(column.not_applicable(), 0, found)
