"""The pipeline that people write: impute, scale, encode, boosted trees, calibrated."""

from pathlib import Path
from typing import Any

import joblib  # type: ignore[import-untyped]
import numpy as np
from lightgbm import LGBMClassifier
from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OrdinalEncoder, StandardScaler

from benchmarks.serving.peers.deal import NUMBERS, WORDS, frame_of

VARIABLE = "BENCHMARK_PIPELINE"
"""The variable that tells a peer where its pipeline is."""
TREES, LEAVES, FOLDS = 300, 31, 5


def make_pipeline_of(deals: list[dict[str, Any]], won: list[bool], place: Path) -> None:
    """Fit the pipeline on deals, and keep it in a file."""
    columns = ColumnTransformer(
        [
            ("numbers", make_pipeline(SimpleImputer(), StandardScaler()), list(NUMBERS)),
            ("words", make_pipeline(
                SimpleImputer(strategy="constant", fill_value="unknown"),
                OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1),
            ), list(WORDS)),
        ]
    )  # fmt: skip
    trees = LGBMClassifier(
        n_estimators=TREES, num_leaves=LEAVES, n_jobs=1, random_state=0, verbose=-1
    )
    model = CalibratedClassifierCV(
        make_pipeline(columns, trees), method="isotonic", cv=FOLDS, ensemble=False
    )
    place.parent.mkdir(parents=True, exist_ok=True)
    joblib.dump(model.fit(frame_of(deals), np.array(won)), place)


def read_pipeline(place: str) -> Any:
    """Return the pipeline of a file that this run has made."""
    return joblib.load(place)


def p_win(model: Any, facts: dict[str, Any]) -> float:
    """Return what the pipeline says of one deal."""
    return float(model.predict_proba(frame_of([facts]))[0, 1])
