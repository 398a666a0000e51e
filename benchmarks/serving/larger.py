"""A champion with trees as large as others serve, to see what a batch costs there.

Training does not make such trees of so few deals. They are fitted on the champion's own matrix,
and take the place of its trees in a copy of its artifact: good for measuring time only.
"""

import hashlib
import json
import shutil
from pathlib import Path

import lightgbm as lgb
import numpy as np

from benchmarks.serving.company import Company
from benchmarks.serving.one_answer import DAY
from models.artifact import MANIFEST, TREES
from training.intake import read_deals
from training.outcomes.outcome import Outcome

ROUNDS, LEAVES = 300, 31
SETTINGS = {"objective": "binary", "num_leaves": LEAVES, "num_threads": 1, "verbosity": -1,
            "deterministic": True, "force_row_wise": True, "min_data_in_leaf": 5}  # fmt: skip


def make_larger(company: Company) -> Path:
    """Return a copy of the champion's folder with 300 trees of 31 leaves."""
    folder, model = company.larger, company.champion.model
    assert model is not None
    read = read_deals(str(company.deals), company.champion.policy, as_of=DAY, needs_outcome=True)
    X = model.odds(read.table).matrix.values
    assert read.outcomes is not None
    won = np.array([one is Outcome.WON for one in read.outcomes], dtype=float)
    trees = lgb.train(SETTINGS, lgb.Dataset(X, won), num_boost_round=ROUNDS).model_to_string()
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(company.artifact, folder)
    (folder / TREES).write_text(trees, encoding="utf-8")
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    manifest["sha256"][TREES] = hashlib.sha256(trees.encode()).hexdigest()
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    return folder
