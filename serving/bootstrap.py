"""The composition root of the service: from settings to a qualifier, or a refusal to start."""

from datetime import date

from features.deal import Deal
from features.errors import ArtifactError
from features.policy import load_policy
from features.texts import LANGUAGES
from models.artifact import load_artifact
from models.qualifier import Qualifier
from reports.answer import answer
from serving.settings import ARTIFACT_VARIABLE, POLICY_VARIABLE, Settings


def load_qualifier(settings: Settings) -> Qualifier:
    """Return what answers: a model with its policy, or a policy alone.

    Raises
    ------
    ArtifactError, PolicyError
        When what the settings name cannot be used; the service does not start then.
    """
    if settings.artifact is not None:
        return _tried(load_artifact(settings.artifact))
    if settings.policy is not None:
        return _tried(Qualifier(load_policy(settings.policy)))
    raise ArtifactError(
        f"neither {ARTIFACT_VARIABLE} nor {POLICY_VARIABLE} is set\n"
        "  hint: start the service with: qualifox serve"
    )


def _tried(qualifier: Qualifier) -> Qualifier:
    """Answer once in every language: ready means ready, and the first caller does not wait."""
    (decision,) = qualifier.decide([Deal(as_of=date(2000, 1, 1), facts={})])
    for language in LANGUAGES:
        answer(decision, qualifier.policy, language)
    return qualifier
