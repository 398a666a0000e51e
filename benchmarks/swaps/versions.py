"""Small versions of one model that answer one deal differently, and damaged copies of them."""

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import numpy as np

from features import Deal, DealTable, Schema, parse_policy
from features.deal import Fact
from models.artifact import load_artifact, save_artifact
from models.reference import Reference
from models.win_model import Provenance, WinModel
from models.win_probability import WinProbability
from reports.answer import answer
from serving.champion.succession import Candidate

FACTS: Mapping[str, Fact] = {"fit": 0.7, "risk": 0.4, "budget": True, "sector": "a"}
DAY = date(2026, 1, 5)
POLICY = """
policy: swapped
title: {{en: Swapped, fr: Échangée}}
deals: {{outcome: {{column: Result, won: [Won], lost: [Lost]}}}}
fields:
  fit: {{type: number, better: higher, unit: EUR}}
  risk: {{type: number, better: lower}}
  budget: {{type: boolean}}
  sector: {{type: category}}
criteria:
  - {{id: fits, when: {{fit: {{above: 0}}}}, points: {points}, label: {{en: Fits, fr: Convient}}}}
knockouts:
  - {{id: risky, when: {{risk: {{above: 2}}}}, then: no_go, reason: {{en: Risky, fr: Risquée}}}}
decision: {{go_at: {{p_win: 0.5, points: 5}}}}
"""


def make_version(folders: Path, seed: int) -> Candidate:
    """Train a version with a policy of its own, and write it where the service looks."""
    policy = parse_policy(POLICY.format(points=10 + seed).encode())
    deals, won = _deals(400, seed)
    table = DealTable.of(deals, policy.fields)
    schema = Schema.learn(table, policy.fields)
    directions = [column.better for column in schema.columns]
    estimator = WinProbability(directions=directions, seed=seed).fit(
        schema.matrix(table).values, won
    )
    provenance = Provenance(
        n_won=int(won.sum()),
        n_lost=int(len(won) - won.sum()),
        data_fingerprint=f"made up {seed}",
        policy_fingerprint=policy.fingerprint,
        trained_on=None,
        metrics={},
    )
    reference = Reference.learn(table, policy, modelled=tuple(policy.fields), seed=0)
    model = WinModel(
        schema=schema, estimator=estimator, provenance=provenance, reference=reference
    )
    draft = folders / f".making-{seed}"
    version = save_artifact(model, policy, draft)
    draft.rename(folders / version[:16])
    return Candidate(folder=folders / version[:16], version=version, number=str(seed + 1))


def expected(candidate: Candidate) -> Mapping[str, object]:
    """Return the numbers of the answer to `FACTS` that only this version gives."""
    qualifier = load_artifact(candidate.folder)
    (decision,) = qualifier.decide([Deal(as_of=DAY, facts=FACTS)])
    return signature(answer(decision, qualifier.policy, "en"))


def signature(told: Mapping[str, object]) -> Mapping[str, object]:
    """Return what of an answer comes from the model, and what from the policy."""
    parts = ("versions", "p_win", "scorecard", "evidence", "contributions", "baseline")
    found: dict[str, object] = json.loads(json.dumps({part: told[part] for part in parts}))
    return found


def _deals(n: int, seed: int) -> tuple[list[Deal], np.ndarray]:
    random = np.random.default_rng(seed)
    deals, won = [], []
    for number in range(n):
        fit, risk = random.normal(size=2)
        facts: dict[str, Fact] = {"fit": fit, "risk": risk, "budget": bool(random.random() < 0.5)}
        facts["sector"] = str(random.choice(["a", "b", "c"]))
        won.append(float(random.random() < 1 / (1 + np.exp(-1.5 * fit + risk))))
        known = {name: fact for name, fact in facts.items() if random.random() > 0.2}
        deals.append(Deal(id=str(number), as_of=DAY, facts=known))
    return deals, np.array(won)


# ---------------------------------------------------------------------------- damage


def truncated_trees(folder: Path) -> str:
    """Cut the trees, and let the manifest agree: only a trial load can tell."""
    trees = (folder / "trees.txt").read_text(encoding="utf-8")
    return _rewritten(folder, trees[: len(trees) // 2])


def crashing_trees(folder: Path) -> str:
    """Let a tree point at a child that is not there, and the manifest agree."""
    trees = (folder / "trees.txt").read_text(encoding="utf-8")
    lines = [
        "left_child=" + " ".join(["900000"] * len(line.split("=")[1].split()))
        if line.startswith("left_child=")
        else line
        for line in trees.split("\n")
    ]
    return _rewritten(folder, "\n".join(lines))


def one_digit(folder: Path) -> str:
    """Change one digit of the numbers, and nothing else."""
    text = (folder / "numbers.json").read_text(encoding="utf-8")
    place = max(n for n, letter in enumerate(text) if letter in "12345678")
    changed = text[:place] + str(int(text[place]) + 1) + text[place + 1 :]
    (folder / "numbers.json").write_text(changed, encoding="utf-8")
    return _digest(folder)


def wrong_hash(folder: Path) -> str:
    """Change the manifest: it is not the one that the version names."""
    version = _digest(folder)
    manifest = (folder / "manifest.json").read_text(encoding="utf-8")
    (folder / "manifest.json").write_text(manifest.replace("made up", "made op"), "utf-8")
    return version


def missing_file(folder: Path) -> str:
    """Take the trees away."""
    (folder / "trees.txt").unlink()
    return _digest(folder)


DAMAGES: Mapping[str, Callable[[Path], str]] = {
    "truncated trees": truncated_trees,
    "one digit": one_digit,
    "wrong hash": wrong_hash,
    "missing file": missing_file,
    "crashing trees": crashing_trees,
}


def damaged(candidate: Candidate, damage: str, number: int) -> Candidate:
    """Return a damaged copy of a version; the digest is that which a registry would name."""
    folder = candidate.folder.with_name(f"damaged-{number}")
    shutil.copytree(candidate.folder, folder)
    version = DAMAGES[damage](folder)
    return Candidate(folder=folder, version=version, number=f"damaged {number}")


def _rewritten(folder: Path, trees: str) -> str:
    (folder / "trees.txt").write_text(trees, encoding="utf-8")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["sha256"]["trees.txt"] = hashlib.sha256(trees.encode()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return _digest(folder)


def _digest(folder: Path) -> str:
    return hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
