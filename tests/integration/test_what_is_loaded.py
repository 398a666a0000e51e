"""What answers loads no scikit-learn, LightGBM or pandas: they take longer than all the rest."""

import subprocess
import sys

import pytest

ANSWERING = """
import sys
from pathlib import Path
import serving.worker
from features.deal import Deal
from datetime import date
from models.artifact import load_artifact
from reports.answer import answer
qualifier = load_artifact(Path(sys.argv[1]))
deals = [Deal(as_of=date(2026, 1, 5), facts={"amount": 1000.0 * n}) for n in range(100)]
for some in (deals[:1], deals):
    answer(qualifier.decide(some)[0], qualifier.policy, "en")
print(*sorted({name.split(".")[0] for name in sys.modules} | {"scipy.stats"} & set(sys.modules)))
"""
TOO_HEAVY = {
    "lightgbm",
    "sklearn",
    "pandas",
    "optuna",
    "mlflow",
    "matplotlib",
    "scipy.stats",
    "alembic",
}


@pytest.fixture(scope="module")
def loaded(trained_home):
    artifact = next(trained_home.rglob("manifest.json")).parent
    command = [sys.executable, "-c", ANSWERING, str(artifact)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_nothing_heavy_is_loaded(loaded):
    assert not loaded & TOO_HEAVY


def test_what_is_needed_would_be_seen(loaded):
    assert {"numpy", "scipy", "sqlalchemy", "starlette"} <= loaded
