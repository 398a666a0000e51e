"""How far an answer is from the one that a deal has, from 0 to 1."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from features.columns import Column, NumericColumn, number_of
from features.deal import NOT_APPLICABLE, Fact
from features.fields import BooleanField, CategoryField, PolicyField
from models.likeness import ranks_among

MIDDLE = 0.5


def moves_of(
    before: Fact | None, answers: Sequence[Fact], field: PolicyField, past: Column | None
) -> tuple[float, ...]:
    """Return how far each answer is from the one before; None is unknown.

    From a number to another it is the share of the past answers, and of those to try, in between;
    from a word to another 1, or the share of the order. An unknown fact moves by how unusual an
    answer is: from the middle of the numbers, or the share of deals with other words.
    """
    if isinstance(field, CategoryField | BooleanField):
        return tuple(_of_words(before, answer, field, past) for answer in answers)
    numbers = [number_of(one) for one in answers if one is not NOT_APPLICABLE]
    if before is not None and before is not NOT_APPLICABLE:
        numbers.append(number_of(before))
    if isinstance(past, NumericColumn):
        numbers += past.values[past.answered()].tolist()
    among = np.sort(numbers)
    start = MIDDLE if before is None else _rank(before, among)
    return tuple(abs(_rank(answer, among) - start) for answer in answers)


def _rank(answer: Fact, among: NDArray[np.float64]) -> float:
    """Return the place of a number among others; what does not apply is a whole way off."""
    if answer is NOT_APPLICABLE:
        return 1.0 + MIDDLE
    return float(ranks_among(among, np.array([number_of(answer)]))[0])


def _of_words(before: Fact | None, answer: Fact, field: PolicyField, past: Column | None) -> float:
    if before is None:
        return 1.0 if past is None else 1.0 - _share(answer, past)
    order = field.values if isinstance(field, CategoryField) and field.ordered else None
    if order and before in order and answer in order:
        return abs(order.index(str(before)) - order.index(str(answer))) / (len(order) - 1)
    return 1.0


def _share(answer: Fact, past: Column) -> float:
    """Return the share of past deals that have an answer."""
    if answer is NOT_APPLICABLE:
        return float(past.not_applicable().mean())
    return float(past.is_one_of(frozenset({answer})).mean())
