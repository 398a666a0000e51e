"""What the unknown facts of a deal may turn out to be, all together: its weighted completions.

Every reference deal completes the deal with its own answers. It counts by how like it is in what
is known, and then so that each unknown fact has the chances that the known ones give it. So it is
kept what the known facts tell of the unknown ones, and what these tell of each other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from features.columns import Column
from features.deal import Deal
from features.derivation import with_derived_columns
from features.policy import Policy
from features.table import DealTable
from models.chances import chances_of, fitted
from models.likeness import likeness
from models.reference import Reference

Vector: TypeAlias = NDArray[np.float64]

FEWEST_ALIKE, FEWEST_LEFT = 600.0, 100.0
"""Likeness is sharpened as far as the first number of deals, by their weights, still speak; the
weights are fitted to the chances as far as the second do."""
SHARE_ALIKE, SHARE_LEFT = 0.6, 0.2
"""Or so much of all reference deals, where that is less."""
SHARPEST, TINY = 64.0, 1e-300
HALVINGS = 40


@dataclass(frozen=True, slots=True)
class Completions:
    """One deal, completed in as many ways as there are reference deals.

    ``table`` has a row for each; ``weights`` shape (n_ways,), adding up to one. ``filled`` names
    the facts that the deal lacks and the reference deals know.
    """

    table: DealTable
    weights: Vector
    filled: tuple[str, ...]
    reference: Reference

    def effective_deals(self, name: str) -> float:
        """Return how many deals, by their weights, know a fact themselves (Kish 1965)."""
        return effective(self.weights[self.reference.known(name)])


def effective(weights: Vector) -> float:
    """Return the number of equal weights that tell as much as these.

    >>> effective(np.array([0.5, 0.5])), effective(np.array([1.0, 0.0]))
    (2.0, 1.0)
    """
    squares = float((weights**2).sum())
    return float(weights.sum()) ** 2 / squares if squares else 0.0


def completions_of(reference: Reference, deal: Deal, policy: Policy) -> Completions | None:
    """Return the completions of a deal; None where no reference deal is left to make some."""
    filled = tuple(name for name in reference.columns if not deal.knows(name))
    if not len(reference):
        return None
    one = DealTable.of([deal], policy.fields)
    repeated = one.take(np.zeros(len(reference), dtype=np.intp))
    answers = reference.on(one.as_of[0])
    given: dict[str, Column] = {**repeated.columns, **{name: answers[name] for name in filled}}
    return Completions(
        table=replace(
            repeated, columns=with_derived_columns(given, policy.derived, repeated.as_of)
        ),
        weights=_weights(one, answers, filled, reference),
        filled=filled,
        reference=reference,
    )


def _weights(
    deal: DealTable, answers: Mapping[str, Column], filled: Sequence[str], reference: Reference
) -> Vector:
    """Return how much each reference deal counts: by its likeness, then fitted to the chances."""
    compared = [name for name in answers if name not in filled]
    alike = np.zeros(len(reference))
    for name in compared:
        alike += np.nan_to_num(likeness(deal.columns[name], answers[name])[0])
    facts = reference.bins_of(deal, compared)
    chances = {name: chances_of(reference.bins[name], facts, reference.bins) for name in filled}
    by_likeness = sharpened(alike / max(len(compared), 1))
    return towards(by_likeness, fitted(by_likeness, chances, reference.bins))


def towards(start: Vector, goal: Vector) -> Vector:
    """Return weights on the way from some to others, as far as enough deals still speak.

    All the way where they do at its end; else as far along the logarithms as halving finds.
    """
    wanted = min(FEWEST_LEFT, SHARE_LEFT * len(start))
    if effective(goal) >= wanted:
        return goal
    steps = np.log(np.maximum(goal, TINY)) - np.log(np.maximum(start, TINY))
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        enough = effective(start * np.exp(middle * steps)) >= wanted
        low, high = (middle, high) if enough else (low, middle)
    reached = start * np.exp(low * steps)
    return np.asarray(reached / reached.sum())


def sharpened(alike: Vector) -> Vector:
    """Return weights that grow with likeness, as sharply as enough deals still speak.

    They are ``exp(sharpness x likeness)``; halving finds the sharpness, always in the same steps.
    """
    low, high = 0.0, SHARPEST
    wanted = min(FEWEST_ALIKE, SHARE_ALIKE * len(alike))
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        enough = effective(_at(middle, alike)) >= wanted
        low, high = (middle, high) if enough else (low, middle)
    return _at(low, alike)


def _at(sharpness: float, alike: Vector) -> Vector:
    weights = np.exp(sharpness * (alike - alike.max(initial=-np.inf)))
    return np.asarray(weights / weights.sum())
