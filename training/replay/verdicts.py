"""What a policy says of past deals, kept so that any knockout can be left out of it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.policy import Policy
from features.table import DealTable
from models.economics import Value, value_of
from models.knockouts import KnockoutMasks, PolicyVerdict, judge_each_knockout
from models.qualifier import Qualifier
from models.recommended import recommended
from models.scorecard import Points, add_points

Vector = NDArray[np.float64]
Mask = NDArray[np.bool_]
Places = NDArray[np.intp]
Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """The verdicts of one policy on past deals; every array has shape (n_deals,).

    ``p_win`` is NaN where no model may say anything: there the points decide. ``refusals``,
    ``questions`` and ``conditions`` count the knockouts that refuse the deal, that must be found
    out, and that make it conditional. ``recommendations`` are places among
    ``models.qualifier.RECOMMENDATIONS``.
    """

    policy: Policy
    masks: KnockoutMasks
    refusals: Numbers
    questions: Numbers
    conditions: Numbers
    points: Points
    p_win: Vector
    value: Value | None
    worth: Mask
    hopeless: Mask
    recommendations: Places

    def without(self, knockout: int) -> tuple[Places, Places]:
        """Return the deals to which one knockout matters, and what they would be without it."""
        one = self.policy.knockouts[knockout]
        fired, unknown = self.masks.fired[knockout], self.masks.unknown[knockout]
        rows = np.flatnonzero(fired if one.on_unknown == "ignore" else fired | unknown)
        fired, unknown = fired[rows], unknown[rows]
        refusals, questions, conditions = (
            counts[rows] for counts in (self.refusals, self.questions, self.conditions)
        )
        if one.refuses:
            refusals = refusals - fired
        else:
            conditions = conditions - fired
        if one.on_unknown == "no_go":
            refusals = refusals - unknown
        elif one.on_unknown == "find_out":
            questions = questions - unknown
        verdict = PolicyVerdict(refusals > 0, questions > 0, conditions > 0)
        return rows, recommended(verdict, self.worth[rows], self.hopeless[rows])

    def without_fired(self) -> Places:
        """Return what each deal would be without all the knockouts that fire on it."""
        refuses = np.array([one.refuses for one in self.policy.knockouts], dtype=bool)
        refusals = self.refusals - self.masks.fired[refuses].sum(axis=0, dtype=np.int32)
        nobody = np.zeros(len(refusals), dtype=bool)
        verdict = PolicyVerdict(refusals > 0, self.questions > 0, nobody)
        return recommended(verdict, self.worth, self.hopeless)


def verdicts_of(policy: Policy, table: DealTable, p_win: Vector) -> Verdicts:
    """Return what a policy says of deals whose probabilities come from elsewhere.

    It is what :class:`models.qualifier.Qualifier` says with these probabilities, and without any
    where they are NaN.
    """
    masks, points = judge_each_knockout(policy, table), add_points(policy, table)
    value = value_of(policy, table, p_win)
    worth, hopeless = thresholds_of(policy, points, p_win, value)
    refusals, questions, conditions = _counts(policy, masks)
    verdict = PolicyVerdict(refusals > 0, questions > 0, conditions > 0)
    return Verdicts(
        policy=policy,
        masks=masks,
        refusals=refusals,
        questions=questions,
        conditions=conditions,
        points=points,
        p_win=p_win,
        value=value,
        worth=worth,
        hopeless=hopeless,
        recommendations=recommended(verdict, worth, hopeless),
    )


def thresholds_of(
    policy: Policy, points: Points, p_win: Vector, value: Value | None
) -> tuple[Mask, Mask]:
    """Return where deals are worth their effort and where they cannot be; NaN: by points."""
    qualifier, told = Qualifier(policy), np.isfinite(p_win)
    if not told.any():
        return qualifier.thresholds(points, None, None)
    with_p = qualifier.thresholds(points, p_win, value)
    if told.all():
        return with_p
    without = qualifier.thresholds(points, None, None)
    return np.where(told, with_p[0], without[0]), np.where(told, with_p[1], without[1])


def _counts(policy: Policy, masks: KnockoutMasks) -> tuple[Numbers, Numbers, Numbers]:
    refusals, questions, conditions = (
        np.zeros(masks.fired.shape[1], dtype=np.int32) for _ in range(3)
    )
    for place, one in enumerate(policy.knockouts):
        counts = refusals if one.refuses else conditions
        counts += masks.fired[place]
        if one.on_unknown == "no_go":
            refusals += masks.unknown[place]
        elif one.on_unknown == "find_out":
            questions += masks.unknown[place]
    return refusals, questions, conditions
