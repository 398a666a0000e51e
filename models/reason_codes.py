"""The codes of reasons: a closed list that other programs may rely on.

A code is never renamed and never changes its meaning. `docs/answer.md` says what each is about and
what its contribution is.
"""

from enum import StrEnum


class ReasonCode(StrEnum):
    """Why: what kind of reason it is."""

    KNOCKOUT_FIRED = "KNOCKOUT_FIRED"
    KNOCKOUT_UNKNOWN = "KNOCKOUT_UNKNOWN"
    KNOCKOUT_WAIVED = "KNOCKOUT_WAIVED"
    CONDITION = "CONDITION"
    EXPLORATION = "EXPLORATION"
    TOO_LITTLE_KNOWN = "TOO_LITTLE_KNOWN"
    UNLIKE_PAST_DEALS = "UNLIKE_PAST_DEALS"
    P_WIN_BELOW_THRESHOLD = "P_WIN_BELOW_THRESHOLD"
    POINTS_BELOW_THRESHOLD = "POINTS_BELOW_THRESHOLD"
    VALUE_BELOW_THRESHOLD = "VALUE_BELOW_THRESHOLD"
    VALUE_UNKNOWN = "VALUE_UNKNOWN"
    CLOSE_CALL = "CLOSE_CALL"
    VALUE_SENSITIVE = "VALUE_SENSITIVE"
    MODEL_CRITERION = "MODEL_CRITERION"
    MODEL_FACT = "MODEL_FACT"
    CRITERION_MET = "CRITERION_MET"
    CRITERION_TO_COMPLETE = "CRITERION_TO_COMPLETE"
    POINTS_LOST = "POINTS_LOST"
