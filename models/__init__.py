"""What we conclude: knockouts, scorecard, win probability, decision, artifact and registry."""

from typing import TYPE_CHECKING, Any

from models.artifact import load_artifact, save_artifact
from models.decision import Decision, Recommendation
from models.qualifier import Qualifier

if TYPE_CHECKING:
    from models.win_probability import WinProbability

__all__ = [
    "Decision",
    "Qualifier",
    "Recommendation",
    "WinProbability",
    "load_artifact",
    "save_artifact",
]


def __getattr__(name: str) -> Any:
    """Load what fits, and scikit-learn with it, only for whoever asks for it."""
    if name != "WinProbability":
        raise AttributeError(f"module 'models' has no attribute '{name}'")
    from models.win_probability import WinProbability  # noqa: PLC0415

    return WinProbability
