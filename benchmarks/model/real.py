"""All models on real closed deals, on the same splits."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.model.baselines import BASELINES, Teaching
from benchmarks.model.facts import facts_of_deals
from benchmarks.model.measures import mean_loss
from benchmarks.model.ours import fit_and_score
from benchmarks.model.real_sets import SEED, SETS
from benchmarks.model.workers import each
from training.evaluation.plan import evaluate
from training.promotion import may_promote

OURS = "ours_policy"


def real_rows(data: Path, names: Sequence[str], workers: int) -> list[dict[str, Any]]:
    """Return a row a set and split: the log-loss of every model on the held-out deals."""
    todo = [(name, place) for name in names for place in range(len(SETS[name](data).splits))]
    return each(partial(_one_split, data), todo, workers, "real splits")


def _one_split(data: Path, which: tuple[str, int]) -> dict[str, Any]:
    name, place = which
    found = SETS[name](data)
    split, facts = found.splits[place], facts_of_deals(found.deals, found.policy)
    teaching = found.deals.take(split.train)
    won = found.deals.won[split.held_out]
    taught = Teaching(facts.take(split.train), teaching.won, teaching.groups, place)
    test = facts.take(split.held_out)
    losses = {model: mean_loss(learn(taught)(test), won) for model, learn in BASELINES.items()}
    table = found.deals.table.take(split.held_out)
    scored = fit_and_score(teaching, found.policy, table, seed=place)
    losses[OURS] = mean_loss(scored.p_win, won)
    return {"set": name, "split": place, "train": len(teaching), "test": len(won),
            "fields": len(facts.numbers) + len(facts.categories), "log_loss": losses}  # fmt: skip


def promotion_of(data: Path, name: str) -> dict[str, Any]:
    """Return whether training would promote a model of all the deals of a set."""
    found = SETS[name](data)
    summary = evaluate(found.deals, found.policy, seed=SEED).summary
    return {
        "set": name,
        "verdict": str(may_promote(summary)),
        "split": summary.split,
        "confidence": summary.confidence,
        "log_loss": summary.metrics["log_loss"],
        "base_rate": summary.base_rate["log_loss"],
    }
