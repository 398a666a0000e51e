"""All models on simulated companies, each judged by the truth of deals it has not seen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from benchmarks.model.baselines import BASELINES, Teaching
from benchmarks.model.companies import Company, company
from benchmarks.model.experts import EXPERTS
from benchmarks.model.facts import facts_of, facts_of_deals
from benchmarks.model.measures import mean_loss
from benchmarks.model.ours import coverage, fit_and_score
from benchmarks.model.workers import each

SIZES = (40, 100, 200, 500, 2_000, 10_000)
OURS = {expert: f"ours_{expert}" for expert in EXPERTS}
TRUTHS = ("truth", "truth_of_facts")


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run: how many companies, sizes, deals to judge by; with or without baselines."""

    n_seeds: int
    sizes: tuple[int, ...]
    test_deals: int
    baselines: bool = True
    experts: tuple[str, ...] = tuple(EXPERTS)


def all_companies(plan: Plan, workers: int) -> list[dict[str, Any]]:
    """Return a row a company and size: its log-losses, and how many of our bands hold."""
    rows = each(partial(one_company, plan), range(plan.n_seeds), workers, "companies")
    return [row for of_company in rows for row in of_company]


def one_company(plan: Plan, seed: int) -> list[dict[str, Any]]:
    """Return the rows of the company of a seed, the smallest size first."""
    found = company(seed, largest=max(plan.sizes), test_deals=plan.test_deals)
    return [_one_size(found, size, plan) for size in sorted(plan.sizes)]


def _one_size(found: Company, size: int, plan: Plan) -> dict[str, Any]:
    losses = {
        "truth": mean_loss(found.p_win, found.p_win),
        "truth_of_facts": mean_loss(found.p_of_facts, found.p_win),
    }
    if plan.baselines:
        losses |= _of_baselines(found, size)
    ours, covered = _ours(found, size, plan.experts)
    return {"seed": found.seed, "size": size, "log_loss": losses | ours, "covered": covered}


def _of_baselines(found: Company, size: int) -> dict[str, float]:
    """Return what each baseline loses; they know no expert, so all experts share them."""
    deals, policy = found.training(size), found.policy("none")
    teaching = Teaching(facts_of_deals(deals, policy), deals.won, deals.groups, found.seed)
    test = facts_of(found.test, policy)
    return {
        name: mean_loss(learn(teaching)(test), found.p_win) for name, learn in BASELINES.items()
    }


def _ours(
    found: Company, size: int, experts: Iterable[str]
) -> tuple[dict[str, float], dict[str, float]]:
    losses, covered = {}, {}
    for expert in experts:
        policy = found.policy(expert)
        scored = fit_and_score(found.training(size), policy, found.test, seed=found.seed)
        losses[OURS[expert]] = mean_loss(scored.p_win, found.p_win)
        evidence = scored.model.estimator.evidence_
        covered[expert] = coverage(evidence, scored.p_win, found.p_win)
    return losses, covered


def sizes_of(rows: Sequence[dict[str, Any]]) -> list[int]:
    """Return the sizes of some rows, the smallest first."""
    return sorted({row["size"] for row in rows})
