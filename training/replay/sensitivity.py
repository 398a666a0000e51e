"""Which recommendations hang on what was thought of cost and margin (MODELLING, R-DEC-4)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from features.policy import Economics, Policy
from features.policy.amounts import Amount, ByAnswer, FromField
from features.table import DealTable
from models.economics import value_of
from models.knockouts import PolicyVerdict
from models.recommended import recommended
from reports.replay.report import Changed, Flip
from training.replay.ledger import Ledger
from training.replay.verdicts import Places, Verdicts, thresholds_of

FACTORS = (0.8, 1.2)
COSTS = ("cost_per_hour", "cost_per_contact", "other_costs")
MARGINS = ("margin", "margin_rate")
PARTS: Mapping[Changed, tuple[str, ...]] = {"cost": COSTS, "margin": MARGINS}


def flips(verdicts: Verdicts, table: DealTable, ledger: Ledger) -> tuple[Flip, ...]:
    """Return what flips at 20 % less and more; nothing where no threshold hangs on money."""
    if verdicts.value is None or verdicts.policy.decision.go_at.expected_value is None:
        return ()
    return tuple(
        _flip(verdicts, table, ledger, changed, factor) for changed in PARTS for factor in FACTORS
    )


def _flip(
    verdicts: Verdicts, table: DealTable, ledger: Ledger, changed: Changed, factor: float
) -> Flip:
    after = recommended_with(verdicts, table, changed, factor)
    moved = verdicts.recommendations != after
    rows = np.arange(len(after))
    return Flip(
        changed=changed,
        factor=factor,
        deals=int(moved.sum()),
        moves=ledger.moves(verdicts.recommendations, after, rows),
    )


def recommended_with(
    verdicts: Verdicts, table: DealTable, changed: Changed, factor: float
) -> Places:
    """Return the recommendations where cost or margin is a multiple of what the policy says."""
    policy = _with(verdicts.policy, changed, factor)
    value = value_of(policy, table, verdicts.p_win)
    worth, hopeless = thresholds_of(policy, verdicts.points, verdicts.p_win, value)
    judged = PolicyVerdict(verdicts.refusals > 0, verdicts.questions > 0, verdicts.conditions > 0)
    return recommended(judged, worth, hopeless)


def _with(policy: Policy, changed: Changed, factor: float) -> Policy:
    economics = policy.economics
    update: dict[str, Any] = {
        name: times(getattr(economics, name), factor) for name in PARTS[changed]
    }
    if changed == "cost":
        update["roles"] = _roles(economics, factor)
    return replace(policy, economics=economics.model_copy(update=update))


def _roles(economics: Economics, factor: float) -> dict[str, Any]:
    return {
        name: role.model_copy(update={"cost_per_hour": times(role.cost_per_hour, factor)})
        for name, role in economics.roles.items()
    }


def times(amount: Amount | None, factor: float) -> Amount | None:
    """Return a multiple of an amount.

    >>> times(FromField(field="price", times=0.5), 2.0)
    FromField(field='price', times=1.0)
    """
    if isinstance(amount, FromField):
        return amount.model_copy(update={"times": amount.times * factor})
    if isinstance(amount, ByAnswer):
        otherwise = None if amount.otherwise is None else amount.otherwise * factor
        values = {answer: value * factor for answer, value in amount.values.items()}
        return amount.model_copy(update={"values": values, "otherwise": otherwise})
    return None if amount is None else amount * factor
