"""From checks to one verdict: the first that fails decides, in an order that never changes."""

from collections.abc import Sequence

from reports.promotion import Check, CheckCode, Verdict

BY_CHECK = {
    CheckCode.HELD_OUT_DEALS: Verdict.INSUFFICIENT_EVIDENCE,
    CheckCode.HELD_OUT_OF_EACH_OUTCOME: Verdict.INSUFFICIENT_EVIDENCE,
    CheckCode.FRESH_DEALS_LEARNED: Verdict.INSUFFICIENT_EVIDENCE,
    CheckCode.AUC_BELIEVABLE: Verdict.SUSPECT_LEAK,
    CheckCode.SKILL_BELIEVABLE: Verdict.SUSPECT_LEAK,
    CheckCode.BETTER_THAN_BASE_RATE: Verdict.NOT_BETTER_THAN_BASE_RATE,
    CheckCode.GAIN_OVER_BASE_RATE: Verdict.NOT_BETTER_THAN_BASE_RATE,
    CheckCode.NOT_WORSE_THAN_BASE_RATE: Verdict.NOT_BETTER_THAN_BASE_RATE,
    CheckCode.NOT_WORSE_ON_AVERAGE: Verdict.WORSE_THAN_CHAMPION,
    CheckCode.NOT_WORSE_AT_MOST: Verdict.WORSE_THAN_CHAMPION,
    CheckCode.BETTER_THAN_CHAMPION: Verdict.NOT_BETTER_THAN_CHAMPION,
    CheckCode.VALUE_KEPT: Verdict.LESS_VALUE,
    CheckCode.CALIBRATED_IN_THE_LARGE: Verdict.NOT_CALIBRATED,
    CheckCode.CALIBRATION_SLOPE: Verdict.NOT_CALIBRATED,
}

OF_EVIDENCE = frozenset({CheckCode.HELD_OUT_DEALS, CheckCode.HELD_OUT_OF_EACH_OUTCOME})
"""Checks whose failure says nothing against a model."""


def verdict_of(checks: Sequence[Check]) -> Verdict:
    """Return the verdict of the first check that failed and for which nobody answers."""
    failed = {check.code for check in checks if not check.ok and not check.acknowledged}
    for code, verdict in BY_CHECK.items():
        if code in failed:
            return verdict
    return Verdict.PROMOTED


def meanwhile(checks: Sequence[Check]) -> Verdict:
    """Return the verdict on a model that takes a free seat unless something speaks against it."""
    against = verdict_of([check for check in checks if check.code not in OF_EVIDENCE])
    return Verdict.PROVISIONAL if against is Verdict.PROMOTED else against
