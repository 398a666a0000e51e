"""Each contract of the layering is kept, and fails when somebody breaks it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("features", "models", "reports", "training", "serving", "simulation", "qualifox")

PLANTED = [
    ("features/deal.py", "import models.version", "One direction"),
    ("models/version.py", "import reports.numbers", "One direction"),
    ("serving/settings.py", "import training.outcomes.outcome", "One direction"),
    ("training/outcomes/outcome.py", "import serving.settings", "One direction"),
    ("simulation/settings.py", "import models.version", "simulated market knows features only"),
    ("training/outcomes/outcome.py", "import simulation.settings", "Nothing but the command line"),
    ("training/outcomes/outcome.py", "import starlette", "Only serving speaks HTTP"),
    ("models/evidence.py", "import mlflow", "Only the registry and the tracker speak MLflow"),
    ("serving/settings.py", "import models.registry", "answers without MLflow"),
    ("features/deal.py", "import sklearn", "Features know no learning library"),
    ("features/deal.py", "import features.policy.loader", "No cycles inside a folder"),
]


def check(place):
    runner = "import sys; sys.path.insert(0, '.'); "
    runner += "from importlinter.cli import lint_imports_command"
    return subprocess.run(
        [sys.executable, "-c", f"{runner}; lint_imports_command(['--no-cache'])"],
        cwd=place, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def copy(tmp_path):
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_house_keeps_its_contracts(copy):
    done = check(copy)
    assert done.returncode == 0, done.stdout
    assert "8 kept, 0 broken" in done.stdout


@pytest.mark.parametrize(("file", "planted", "contract"), PLANTED)
def test_a_planted_import_is_found(copy, file, planted, contract):
    target = copy / file
    target.write_text(target.read_text(encoding="utf-8") + f"\n{planted}\n", encoding="utf-8")
    done = check(copy)
    assert done.returncode == 1, done.stdout
    broken = [line for line in done.stdout.splitlines() if "BROKEN" in line]
    assert any(contract in line for line in broken), done.stdout
