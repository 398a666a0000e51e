"""The numbers of a trained model as plain data, and back: all that it learned but the trees."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from models.evidence import Band, Evidence
from models.fitted import FittedWinProbability
from models.forest import Forest
from models.logistic import Logistic
from models.scaling import Scaling
from models.stability import Stability
from models.stack import Stack
from models.win_model import WinModel

_SCALING = ("centre", "spread", "squeezed", "low", "high", "mean")


def numbers_of(model: WinModel) -> dict[str, Any]:
    """Return the numbers of a model, for a JSON file."""
    estimator = model.estimator
    return {
        "logistic": _logistic_data(estimator.logistic_),
        "stack": asdict(estimator.stack_),
        "evidence": [asdict(band) for band in estimator.evidence_.parts],
        "background": [
            [None if np.isnan(value) else value for value in row]
            for row in estimator.background_.tolist()
        ],
        "contradicted": np.flatnonzero(estimator.contradicted_).tolist(),
        "conflicts": [
            [int(place), float(estimator.conflicts_[place])]
            for place in np.flatnonzero(estimator.conflicts_)
        ],
        "stability": _stability_data(estimator.stability_),
        "no_decision": None if model.no_decision is None else _logistic_data(model.no_decision),
    }


def estimator_of(numbers: Mapping[str, Any], trees: str | None) -> FittedWinProbability:
    """Return the estimator of some numbers and of LightGBM's text.

    Raises
    ------
    KeyError, TypeError, ValueError
        When the numbers are none of a model.
    """
    logistic = _logistic(numbers["logistic"])
    n_columns = len(logistic.coefficients)
    contradicted = np.zeros(n_columns, dtype=bool)
    contradicted[numbers["contradicted"]] = True
    conflicts = np.zeros(n_columns)
    for place, against in numbers["conflicts"]:
        conflicts[place] = against
    background = np.array(numbers["background"], dtype=np.float64).reshape(-1, n_columns)
    return FittedWinProbability.restored(
        logistic=logistic,
        forest=Forest(trees).load(),
        stack=Stack(**numbers["stack"]),
        evidence=Evidence(tuple(Band(**band) for band in numbers["evidence"])),
        background=background,
        contradicted=contradicted,
        conflicts=conflicts,
        stability=_stability(numbers["stability"]),
    )


def no_decision_of(numbers: Mapping[str, Any]) -> Logistic | None:
    """Return the model of the deals that end without a decision, None where there is none."""
    written = numbers["no_decision"]
    return None if written is None else _logistic(written)


def _logistic_data(logistic: Logistic) -> dict[str, Any]:
    scaling = {name: getattr(logistic.scaling, name).tolist() for name in _SCALING}
    return {
        "intercept": logistic.intercept,
        "coefficients": logistic.coefficients.tolist(),
        "slope": logistic.slope,
        "scaling": scaling,
    }


def _logistic(written: Mapping[str, Any]) -> Logistic:
    scaling = Scaling(**{name: np.array(written["scaling"][name]) for name in _SCALING})
    coefficients = np.array(written["coefficients"], dtype=np.float64)
    return Logistic(scaling, float(written["intercept"]), coefficients, float(written["slope"]))


def _stability_data(stability: Stability | None) -> dict[str, Any] | None:
    if stability is None:
        return None
    return {"deviations": stability.deviations.tolist(), "leftover": stability.leftover}


def _stability(written: Mapping[str, Any] | None) -> Stability | None:
    if written is None:
        return None
    deviations = np.array(written["deviations"], dtype=np.float64)
    return Stability(deviations, float(written["leftover"]))
