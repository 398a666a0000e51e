"""Who judges: a policy alone, or the champion that was trained under one."""

from pathlib import Path
from typing import TYPE_CHECKING

from features.errors import InputError, Problem
from qualifox.home import home_folder
from qualifox.options import chosen_model

if TYPE_CHECKING:
    from models.qualifier import Qualifier


def chosen_qualifier(model: str | None, policy: Path | None) -> "Qualifier":
    """Return what answers: a policy alone where one is given, else the champion.

    Raises
    ------
    InputError
        Where both are given: a model brings the policy that it was trained under.
    """
    from features.policy import load_policy
    from models.artifact import load_artifact
    from models.qualifier import Qualifier

    if policy is not None and model is not None:
        hint = "a model brings the policy that it was trained under"
        raise InputError([Problem(where="--policy", what="--model is given as well", hint=hint)])
    if policy is not None:
        return Qualifier(load_policy(policy))
    from models.registry import Registry

    registry = Registry(home_folder())
    return load_artifact(registry.fetch(chosen_model(registry, model)))
