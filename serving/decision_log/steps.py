"""The steps that the tables have taken, by name; what both who looks and who moves them knows."""

from serving.decision_log.errors import LogError

NEWEST = "0002"
"""The step that this code writes; a test asks the migrations for theirs."""
VERSION_TABLE = "qualifox_log_version"


def unknown(step: str) -> LogError:
    """Return that nobody here knows a step."""
    what = f"the decision log is at step {step}, or is to go there, and this Qualifox has no such"
    return LogError(f"{what} step\n  hint: a newer Qualifox wrote it; the newest here: {NEWEST}")
