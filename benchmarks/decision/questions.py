"""Whether the first question is the right one, where the truth is known by enumeration."""

import sys
from dataclasses import dataclass

import numpy as np

from benchmarks.decision.known_world import DAY, World
from benchmarks.model.summary import Bar, at_least
from features import Deal, parse_policy
from models.qualifier import Qualifier
from models.questions.questions import questions_of
from training.fit import fit_model

WORLDS, CLOSED, OPEN = tuple(range(1_000, 1_020)), 1_000, 200
ENOUGH, NEARLY = 0.90, 0.02


@dataclass(frozen=True)
class Picks:
    """How the first question compares with the truly best: shares of deals, and money a deal.

    ``exact_where_worth`` is of the deals where some question is truly worth what it costs.
    """

    exact: float
    nearly: float
    exact_where_worth: float
    regret: float
    best: float


def picks_of(seed: int, *, n_closed: int = CLOSED, n_open: int = OPEN) -> Picks:
    world = World.of(seed)
    policy = parse_policy(world.policy_text.encode())
    closed = world.closed(n_closed, seed)
    model = fit_model(closed, policy, seed=0, effort="quick", to_serve=True)
    qualifier = Qualifier(policy, model)
    losses, bests = [], []
    for known in world.open_deals(n_open, seed + 1):
        nets = world.net_gains(known)
        first = questions_of(qualifier, Deal(as_of=DAY, facts=dict(known)))[0].field
        bests.append(max(nets.values()))
        losses.append(max(nets.values()) - nets[first])
    lost, best = np.array(losses), np.array(bests)
    return Picks(
        exact=float((lost <= 1e-9).mean()),
        exact_where_worth=float((lost[best > 0] <= 1e-9).mean()),
        nearly=float((lost <= NEARLY * np.abs(best)).mean()),
        regret=float(lost.mean()),
        best=float(best.mean()),
    )


def measure(*, small: bool) -> list[Bar]:
    """Return the bars: the share of right first questions over worlds that nobody tuned on."""
    seeds = WORLDS[:1] if small else WORLDS
    found = []
    for seed in seeds:
        found.append(picks_of(seed, n_open=40 if small else OPEN))
        print(f"  world {seed}: {found[-1]}", file=sys.stderr, flush=True)
    exact, nearly, worth, regret, best = (
        float(np.mean([getattr(one, name) for one in found]))
        for name in ("exact", "nearly", "exact_where_worth", "regret", "best")
    )
    return [
        at_least("questions: the right first question", exact, ENOUGH),
        at_least("questions: within 2 % of the best net gain", nearly, ENOUGH),
        Bar("questions: right where one is worth its cost", worth, "shown", ok=True),
        Bar(
            "questions: regret a deal, of a best net gain", f"{regret:.0f}", f"{best:.0f}", ok=True
        ),
    ]
