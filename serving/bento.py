"""A bento: the service and one model in one folder that BentoML serves anywhere, without MLflow.

What is built is laid out in a folder of its own first, so that nothing else that lies in a
repository gets in: the packages that answer, the model's artifact, and what BentoML must know.
"""

import os
import shutil
import subprocess
import sys
from importlib.metadata import requires
from pathlib import Path

import yaml

from features.errors import QualifoxError
from models.artifact import load_artifact

PACKAGES = ("features", "models", "reports", "serving")
NOT_TO_SERVE = ("mlflow", "optuna", "typer", "rich", "python-calamine")
"""What only training and the command line need; the registry's own code stays away with them."""
LEFT_OUT = ("__pycache__", "*.pyc", "registry.py", "pyfunc.py")
SOURCE = Path(__file__).resolve().parent.parent
BAKED = "baked"


def lay_out(artifact: Path, place: Path) -> Path:
    """Write everything that a bento is built from into a new folder, and return it."""
    load_artifact(artifact)
    place.mkdir(parents=True)
    for package in PACKAGES:
        ignored = shutil.ignore_patterns(*LEFT_OUT)
        shutil.copytree(SOURCE / package, place / package, ignore=ignored)
    shutil.copytree(artifact, place / BAKED)
    bentofile = {
        "service": "serving.service:QualifoxService",
        "name": "qualifox",
        "description": "Decides which deals deserve effort.",
        "include": [f"/{name}/" for name in (*PACKAGES, BAKED)],
        "python": {"packages": needed_to_serve(), "lock_packages": False},
    }
    (place / "bentofile.yaml").write_text(yaml.safe_dump(bentofile), encoding="utf-8")
    return place


def needed_to_serve() -> list[str]:
    """Return the requirements of this distribution, less those that serving does without."""
    found = [line for line in requires("qualifox") or () if "extra ==" not in line]
    return [line for line in found if not line.startswith(NOT_TO_SERVE)]


def build(place: Path, home: Path) -> str:
    """Build what was laid out into BentoML's store under ``home``, and return its tag.

    Raises
    ------
    QualifoxError
        When BentoML does not build it, with the last line that it said.
    """
    command = [sys.executable, "-m", "bentoml", "build", "--output", "tag", str(place)]
    environment = {
        **os.environ,
        "BENTOML_HOME": str(home),
        "BENTOML_DO_NOT_TRACK": "true",
        "PYTHONPATH": str(place),
    }
    done = subprocess.run(  # noqa: S603 (our own command)
        command, cwd=place, env=environment, capture_output=True, text=True, check=False
    )
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        said = (done.stderr.strip().splitlines() or ["nothing"])[-1]
        raise QualifoxError(f"the bento could not be built; BentoML says: {said[:300]}")
    return lines[-1].removeprefix("__tag__:").strip()
