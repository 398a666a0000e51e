"""What past deals say of many deals, strongest first: the reasons of an answer, as columns.

The same numbers as in :func:`models.reasons.reasons_for`, to the last bit: they are added in the
order of :func:`models.contributions.grouped`.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from features.policy import Criterion
from models.added import OwnContributions
from models.reason_codes import ReasonCode
from models.reasons import MOST_MODEL_REASONS, SMALLEST_SHARE

Vector: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strongest:
    """The strongest contributions of many deals; ``about`` names them all, with their codes.

    ``places`` has shape (n_deals, most_reasons), into ``about``; ``shares`` has the same
    shape, where 1 is 100 percentage points. ``counts`` (n_deals,) says how many of
    them are worth telling.
    """

    about: tuple[tuple[ReasonCode, str], ...]
    places: NDArray[np.intp]
    shares: Vector
    counts: NDArray[np.intp]


def strongest_of(added: OwnContributions, criteria: Sequence[Criterion]) -> Strongest:
    """Return the strongest contributions of criteria, and of fields that none of them looks at."""
    by_criterion, by_field = _grouped(added, criteria)
    found = {(ReasonCode.MODEL_CRITERION, name): one for name, one in by_criterion.items()}
    found |= {(ReasonCode.MODEL_FACT, name): one for name, one in by_field.items()}
    about = tuple(sorted(found))  # those of one size stand in this order
    n_deals = len(added.baseline)
    shares = np.empty((n_deals, len(about)))
    for place, name in enumerate(about):
        shares[:, place] = found[name]
    places = np.argsort(-np.abs(shares), axis=1, kind="stable")[:, :MOST_MODEL_REASONS]
    strongest = np.take_along_axis(shares, places, axis=1)
    return Strongest(
        about=about,
        places=places,
        shares=strongest,
        counts=np.count_nonzero(np.abs(strongest) >= SMALLEST_SHARE, axis=1),
    )


def _grouped(
    added: OwnContributions, criteria: Sequence[Criterion]
) -> tuple[dict[str, Vector | float], dict[str, Vector | float]]:
    """Return the shares by criterion, and those of the fields that none looks at."""
    looking: dict[str, list[str]] = defaultdict(list)
    for criterion in criteria:
        for name in criterion.fields():
            looking[name].append(criterion.id)
    own, left = _owned(added, criteria)
    by_criterion = {one.id: own.get(one.id, 0.0) for one in criteria}
    by_field: dict[str, Vector | float] = {}
    for name, share in left.items():
        owners = looking.get(name, [])
        if not owners:
            by_field[name] = share
        for owner in owners:
            by_criterion[owner] = by_criterion[owner] + share / len(owners)
    return by_criterion, by_field


def _owned(
    added: OwnContributions, criteria: Sequence[Criterion]
) -> tuple[dict[str, Vector | float], dict[str, Vector | float]]:
    """Return what the points of the policy's criteria add, and what is left for each field."""
    looks_at = {one.id: one.fields() for one in criteria}
    of_fields, of_criteria = added.shares()
    own: dict[str, Vector | float] = {}
    left: dict[str, Vector | float] = dict(zip(added.fields, of_fields.T, strict=True))
    for criterion, share in zip(added.criteria, of_criteria.T, strict=True):
        if looks_at.get(criterion.id) == criterion.fields():
            own[criterion.id] = share
            continue
        names = sorted(criterion.fields())
        for name in names:
            left[name] = left.get(name, 0.0) + share / len(names)
    return own, left
