"""What we conclude: knockouts, scorecard, win probability, decision, artifact and registry."""

from models.artifact import load_artifact, save_artifact
from models.decision import Decision, Recommendation
from models.qualifier import Qualifier
from models.win_probability import WinProbability

__all__ = [
    "Decision",
    "Qualifier",
    "Recommendation",
    "WinProbability",
    "load_artifact",
    "save_artifact",
]
