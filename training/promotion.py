"""May a model answer for the company? A verdict with its reason, never a silent fallback."""

from enum import StrEnum

from reports.review import CONFIDENCE, EvaluationSummary


class Verdict(StrEnum):
    """Whether a challenger becomes the champion."""

    PROMOTED = "promoted"
    NOT_BETTER_THAN_BASE_RATE = "not_better_than_base_rate"


def may_promote(evaluation: EvaluationSummary) -> Verdict:
    """Return whether a model beats the base rate on deals it has not seen.

    It must do so in 95 % of the bootstrap draws of held-out groups: "lower on average" would let
    one equal model in two through.
    """
    if evaluation.confidence >= CONFIDENCE:
        return Verdict.PROMOTED
    return Verdict.NOT_BETTER_THAN_BASE_RATE
