"""The artifact as MLflow's ``pyfunc`` loads it: data from the registry, code from the wheel.

MLflow finds :func:`_load_pyfunc` by the module's name, which stands in the logged model. Nothing
is unpickled, and no code is stored beside the model: two models in one process would silently
share the first one's (MLflow's ``code_paths`` do).
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.columns import Column, column_of
from features.deal import NOT_APPLICABLE, Fact
from features.derivation import with_derived_columns
from features.facts import means_not_applicable, means_unknown
from features.fields import AS_OF, PolicyField
from features.table import DealTable
from models.artifact import load_artifact
from models.qualifier import Qualifier


class QualifoxModel:
    """Scores a frame with one column a field; what is missing or null is unknown.

    A column ``as_of`` says the day of each deal; without it, what hangs on the day is unknown, and
    knockouts with dates of effect are not in effect.
    """

    def __init__(self, qualifier: Qualifier) -> None:
        self.qualifier = qualifier

    def predict(
        self, model_input: pd.DataFrame, params: Mapping[str, Any] | None = None
    ) -> pd.DataFrame:
        """Return what is concluded of each row of the frame.

        ``recommendation``, ``p_win``, ``points``, ``p_lost`` and ``p_no_decision`` (NaN where the
        model has not learned them), and ``evidence_level``, which is the model's.
        """
        del params
        policy = self.qualifier.policy
        given = {
            name: _column(model_input[name], field)
            for name, field in policy.fields.items()
            if not field.derived and name in model_input.columns
        }
        as_of = _days(model_input)
        columns = with_derived_columns(given, policy.derived, as_of)
        table = DealTable(ids=(None,) * len(model_input), as_of=as_of, columns=columns)
        verdicts = self.qualifier.judge(table)
        answer = {
            "recommendation": [str(name) for name in verdicts.recommendations],
            "p_win": _or_nan(verdicts.p_win, len(table)),
            "points": verdicts.points.earned,
            "p_lost": _or_nan(verdicts.p_lost, len(table)),
            "p_no_decision": _or_nan(verdicts.p_no_decision, len(table)),
            "evidence_level": verdicts.level,
        }
        return pd.DataFrame(answer, index=model_input.index)


def _or_nan(values: NDArray[np.float64] | None, n_deals: int) -> NDArray[np.float64]:
    return np.full(n_deals, np.nan) if values is None else values


def _column(values: "pd.Series[Any]", field: PolicyField) -> Column:
    """Return a column of a frame as facts, by the rules for JSON."""
    facts: list[Fact | None] = []
    for value, known in zip(values, values.notna(), strict=True):
        plain = value.item() if isinstance(value, np.generic) else value
        if not known or means_unknown(plain, field):
            facts.append(None)
        elif means_not_applicable(plain, field):
            facts.append(NOT_APPLICABLE)
        else:
            facts.append(field.check(plain))
    return column_of(facts, field)


def _days(frame: pd.DataFrame) -> NDArray[np.datetime64]:
    """Return the day of each deal, NaT where the frame does not say."""
    if AS_OF not in frame.columns:
        return np.full(len(frame), np.datetime64("NaT", "D"))
    return np.asarray(pd.to_datetime(frame[AS_OF]).to_numpy(), dtype="datetime64[D]")


def _load_pyfunc(path: str) -> QualifoxModel:
    return QualifoxModel(load_artifact(Path(path)))
