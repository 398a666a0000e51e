"""How one question of an invented deal gets its answers.

Every deal has a *promise*, a standard normal number that nobody sees: it moves the answers and the
outcome, so that the answers tell something of the outcome. How strongly is each draw's ``pull``,
the correlation of the answer with the promise (a Gaussian copula), from -1 to 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit
from scipy.stats import norm, poisson

Vector: TypeAlias = NDArray[np.float64]
Texts: TypeAlias = NDArray[np.object_]


@dataclass(slots=True)
class Scene:
    """Deals while they are being drawn; every array has shape (n_deals,).

    ``as_of`` are the days of the decisions, ``numbers`` and ``texts`` what has been drawn so far,
    by column.
    """

    as_of: NDArray[np.datetime64]
    promise: Vector
    random: np.random.Generator
    numbers: dict[str, Vector] = field(default_factory=dict)
    texts: dict[str, Texts] = field(default_factory=dict)

    def normals(self, pull: float) -> Vector:
        """Return standard normal numbers of that correlation with the promise."""
        fresh = self.random.standard_normal(len(self.promise))
        return np.asarray(pull * self.promise + np.sqrt(1 - pull**2) * fresh)


class Draw(Protocol):
    """What gives every deal of a scene an answer."""

    def texts(self, column: str, scene: Scene) -> Texts:
        """Return the answers as they stand in a file, and note numbers in the scene."""
        ...


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of some answers with their shares, listed from the least to the most promising."""

    shares: Mapping[str, float]
    pull: float = 0.0

    def texts(self, column: str, scene: Scene) -> Texts:
        """Return one answer a deal."""
        del column
        shares = np.array(list(self.shares.values()))
        edges = np.cumsum(shares / shares.sum())[:-1]
        places = np.searchsorted(edges, norm.cdf(scene.normals(self.pull)), side="right")
        return np.array(list(self.shares), dtype=object)[places]


@dataclass(frozen=True, slots=True)
class Number:
    """A log-normal number around a median, rounded to a step and at most the largest.

    ``medians`` gives the median for each answer of the column ``by``; ``of`` names a column of
    which the number is a share.
    """

    median: float = 1.0
    spread: float = 0.5
    step: float = 1.0
    largest: float = np.inf
    pull: float = 0.0
    of: str | None = None
    by: str | None = None
    medians: Mapping[str, float] = field(default_factory=dict)

    def texts(self, column: str, scene: Scene) -> Texts:
        """Return one number a deal."""
        base = np.full(len(scene.promise), self.median)
        if self.by is not None:
            base = np.array([self.medians[answer] for answer in scene.texts[self.by]])
        if self.of is not None:
            base = base * scene.numbers[self.of]
        values = base * np.exp(self.spread * scene.normals(self.pull))
        rounded = np.minimum(np.round(values / self.step) * self.step, self.largest)
        return _noted(column, rounded, scene)


@dataclass(frozen=True, slots=True)
class PartOf:
    """A whole number out of the number in another column, never more than that.

    The share is logit-normal around its median.
    """

    whole: str
    median: float
    spread: float = 0.8
    pull: float = 0.0

    def texts(self, column: str, scene: Scene) -> Texts:
        """Return one part a deal."""
        share = expit(logit(self.median) + self.spread * scene.normals(self.pull))
        return _noted(column, np.round(share * scene.numbers[self.whole]), scene)


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number of some mean (Poisson); a share of ``none`` of the deals has 0 besides."""

    mean: float
    pull: float = 0.0
    none: float = 0.0

    def texts(self, column: str, scene: Scene) -> Texts:
        """Return one count a deal."""
        uniform = norm.cdf(scene.normals(self.pull))
        within = np.clip((uniform - self.none) / (1 - self.none), 0, 1 - 1e-9)
        return _noted(column, np.asarray(poisson.ppf(within, self.mean)).clip(min=0), scene)


@dataclass(frozen=True, slots=True)
class DayNear:
    """A day some days after the decision, or before it."""

    median_days: float
    spread: float = 0.6
    before: bool = False
    pull: float = 0.0

    def texts(self, column: str, scene: Scene) -> Texts:
        """Return one ISO day a deal."""
        del column
        away = np.round(self.median_days * np.exp(self.spread * scene.normals(self.pull)))
        days = scene.as_of + (-away if self.before else away).astype("timedelta64[D]")
        return np.array([str(day) for day in days], dtype=object)


@dataclass(frozen=True, slots=True)
class Unless:
    """Another draw, but for some deals a word that says the question does not apply."""

    word: str
    share: float
    draw: Draw

    def texts(self, column: str, scene: Scene) -> Texts:
        """Return one answer a deal."""
        answers = self.draw.texts(column, scene)
        return np.where(scene.random.random(len(answers)) < self.share, self.word, answers)


def _noted(column: str, values: Vector, scene: Scene) -> Texts:
    scene.numbers[column] = values
    return np.array([f"{value:.10g}" for value in values], dtype=object)
