"""The composition root of the service: from settings to what answers, or a refusal to start."""

from features.errors import ArtifactError
from features.policy import load_policy
from models.artifact import load_artifact
from models.qualifier import Qualifier
from serving.champion.champion import Champion
from serving.champion.held import Serving
from serving.settings import ARTIFACT_VARIABLE, POINTER_VARIABLE, POLICY_VARIABLE, Settings


def load_qualifier(settings: Settings) -> Qualifier:
    """Return what answers without a pointer: a model with its policy, or a policy alone.

    Raises
    ------
    ArtifactError, PolicyError
        When what the settings name cannot be used; the service does not start then.
    """
    if settings.artifact is not None:
        return load_artifact(settings.artifact)
    if settings.policy is not None:
        return Qualifier(load_policy(settings.policy))
    raise ArtifactError(
        f"none of {POINTER_VARIABLE}, {ARTIFACT_VARIABLE} and {POLICY_VARIABLE} is set\n"
        "  hint: start the service with: qualifox serve"
    )


def open_champion(settings: Settings) -> Champion:
    """Return the champion of this worker, holding what the settings name.

    Where a pointer is followed and nothing can be held yet, the champion is not ready, and goes
    on looking; without one, what cannot be used keeps the service from starting.
    """
    fixed = settings.artifact is not None or settings.policy is not None
    first = None
    if settings.pointer is None or fixed:
        first = Serving.of(load_qualifier(settings))
    champion = Champion(settings.pointer, first)
    champion.look()
    return champion
