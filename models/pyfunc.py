"""The artifact as MLflow's ``pyfunc`` loads it: data from the registry, code from the wheel.

MLflow finds :func:`_load_pyfunc` by the module's name, which stands in the logged model. Nothing
is unpickled, and no code is stored beside the model: two models in one process would silently
share the first one's (MLflow's ``code_paths`` do).
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from features.deal import Fact
from features.facts import means_unknown
from features.fields import PolicyField
from features.table import Column, DealTable, column_of
from models.artifact import load_artifact
from models.qualifier import Qualifier

NO_DAY = date(1970, 1, 1)
"""A frame carries no day to pretend to be; no fact depends on one yet."""


class QualifoxModel:
    """Scores a frame with one column a field; what is missing or null is unknown."""

    def __init__(self, qualifier: Qualifier) -> None:
        self.qualifier = qualifier

    def predict(
        self, model_input: pd.DataFrame, params: Mapping[str, Any] | None = None
    ) -> pd.DataFrame:
        """Return ``recommendation``, ``p_win`` and ``points`` for each row of the frame."""
        del params
        fields = self.qualifier.policy.fields
        columns = {
            name: _column(model_input[name], field)
            for name, field in fields.items()
            if name in model_input.columns
        }
        n_deals = len(model_input)
        table = DealTable(ids=(None,) * n_deals, as_of=(NO_DAY,) * n_deals, columns=columns)
        verdicts = self.qualifier.judge(table)
        answer = {
            "recommendation": [str(name) for name in verdicts.recommendations],
            "p_win": verdicts.p_win,
            "points": verdicts.points.earned,
        }
        return pd.DataFrame(answer, index=model_input.index)


def _column(values: "pd.Series[Any]", field: PolicyField) -> Column:
    """Return a column of a frame as facts, by the rules for JSON."""
    facts: list[Fact | None] = []
    for value, known in zip(values, values.notna(), strict=True):
        plain = value.item() if isinstance(value, np.generic) else value
        facts.append(None if not known or means_unknown(plain, field) else field.check(plain))
    return column_of(facts, field)


def _load_pyfunc(path: str) -> QualifoxModel:
    return QualifoxModel(load_artifact(Path(path)))
