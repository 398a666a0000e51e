"""The demo company of a run: deals, a champion in a registry, a pipeline of the same deals.

All of it is made anew in an empty folder, in less than a minute, by the commands that people use.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from benchmarks.model.real_sets import ROOT
from benchmarks.serving.one_answer import DAY
from benchmarks.serving.peers.pipeline import make_pipeline_of
from features.policy import load_policy
from models.artifact import load_artifact
from models.qualifier import Qualifier
from qualifox.follow import pointer_of
from training.intake import read_deals
from training.outcomes.outcome import Outcome

POLICY = ROOT / "examples" / "demo_company" / "policy.yaml"
QUIET = {
    "PYTHONPATH": str(ROOT),
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "BENTOML_DO_NOT_TRACK": "true",
}
"""What every process of a run is told: one thread each, and nothing leaves the machine."""


@dataclass(frozen=True)
class Company:
    """Where a demo company is kept, and how its model is named."""

    home: Path
    name: str

    @property
    def deals(self) -> Path:
        """Its deals."""
        return self.home / "demo" / "deals.csv"

    @property
    def pipeline(self) -> Path:
        """The pipeline that others serve."""
        return self.home / "peers" / "pipeline.joblib"

    @property
    def larger(self) -> Path:
        """A champion with larger trees than were trained, where one has been made."""
        return self.home / "larger"

    @property
    def pointer(self) -> Path:
        """What our service follows."""
        return pointer_of(self.home, self.name)

    @property
    def artifact(self) -> Path:
        """The folder of the champion."""
        told = json.loads(self.pointer.read_text(encoding="utf-8"))
        return self.pointer.parent / str(told["champion"]["folder"])

    @cached_property
    def champion(self) -> Qualifier:
        """The champion, loaded here."""
        return load_artifact(self.artifact)

    @property
    def environment(self) -> Mapping[str, str]:
        """What our service is told."""
        return {
            "QUALIFOX_HOME": str(self.home),
            "QUALIFOX_POINTER": str(self.pointer),
            "BENTOML_HOME": str(self.home / "bentoml"),
        }


def make_company(home: Path) -> Company:
    """Return the demo company of a folder; where the folder has none, it is made and trained."""
    company = Company(home, load_policy(POLICY).name)
    if not company.pointer.exists():
        _command(home, "simulate", "--out", str(company.deals))
        _command(home, "train", "--policy", str(POLICY), "--deals", str(company.deals))
        _command(home, "follow", "--once", "--model", company.name)
    if not company.pipeline.exists():
        make_pipeline_of(*_closed(company), company.pipeline)
    return company


def _command(home: Path, *words: str) -> None:
    environment = {**os.environ, **QUIET, "QUALIFOX_HOME": str(home)}
    command = [sys.executable, "-m", "qualifox", *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"qualifox {words[0]} failed:\n{done.stderr[-2000:]}")


def _closed(company: Company) -> tuple[list[dict[str, Any]], list[bool]]:
    """Return the facts of the deals that were won or lost, and which were won."""
    policy = load_policy(POLICY)
    read = read_deals(str(company.deals), policy, as_of=DAY, needs_outcome=True)
    facts, won = [], []
    for row, outcome in enumerate(() if read.outcomes is None else read.outcomes):
        if outcome in {Outcome.WON, Outcome.LOST}:
            facts.append(dict(read.table.deal(row).facts))
            won.append(outcome is Outcome.WON)
    return facts, won
