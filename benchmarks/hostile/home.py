"""A home folder with a champion in its seat, as a follower leaves it."""

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.swaps.versions import make_version
from features import load_policy
from models.artifact import save_artifact
from serving.champion.places import Places
from serving.champion.succession import Candidate, succeed
from simulation import MarketSettings, simulate, write_deals
from training.closed_deals import closed_deals
from training.fit import fit_model
from training.intake import read_deals

ROOT = Path(__file__).parents[2]
DEMO_POLICY = ROOT / "examples" / "demo_company" / "policy.yaml"
DAY = date(2026, 1, 5)
N_FITTED = 600


def small_home(home: Path) -> Places:
    """Prepare a home with a small model of four fields, quick to load."""
    return _seated(home, "swapped", lambda folders: make_version(folders, 0))


def demo_home(home: Path) -> Places:
    """Prepare a home with a model of the demo company: economics, hours and all."""
    return _seated(home, "demo_company", demo_version)


def demo_version(folders: Path) -> Candidate:
    """Train on some hundred deals of the simulated market, and write the version."""
    policy = load_policy(DEMO_POLICY)
    file = folders / "deals.csv"
    write_deals(simulate(MarketSettings(n_deals=3 * N_FITTED, seed=1)), file)
    closed = closed_deals(read_deals(file, policy, as_of=DAY, needs_outcome=True), policy)
    deals = closed.take(np.arange(min(N_FITTED, len(closed.won))))
    draft = folders / ".making"
    version = save_artifact(fit_model(deals, policy, seed=0), policy, draft)
    file.unlink()
    draft.rename(folders / version[:16])
    return Candidate(folder=folders / version[:16], version=version, number="1")


def market_deals(n_deals: int = 500) -> list[dict[str, object]]:
    """Return the facts of deals of the simulated market, as the policy names them."""
    policy = load_policy(DEMO_POLICY)
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "deals.csv"
        write_deals(simulate(MarketSettings(n_deals=n_deals, seed=2)), file)
        table = read_deals(file, policy, as_of=DAY, needs_outcome=False).table
    deals = [table.deal(row) for row in range(len(table))]
    return [{name: one.facts[name] for name in policy.asked if name in one.facts} for one in deals]


def _seated(home: Path, name: str, make: Callable[[Path], Candidate]) -> Places:
    folders = home / "served"
    folders.mkdir(parents=True)
    places = Places(folders / f"{name}.json")
    done = succeed(places, make(folders))
    assert done.refused is None, done.refused
    return places
