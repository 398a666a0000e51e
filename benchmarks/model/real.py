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
from reports.promotion import Rule
from training.promotion.checks import checks_of, evidence_checks, figures_of
from training.promotion.contender import challenger_of, judge_rows
from training.promotion.holdout import fewest_of_an_outcome, last_quarter
from training.promotion.verdict import verdict_of

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
    """Return whether the gate would promote a first model of all the deals of a set."""
    found = SETS[name](data)
    deals = found.deals
    holdout = last_quarter(deals, seed=SEED)
    own = challenger_of(found.policy, deals)
    judged = judge_rows(deals, holdout.splits, own, None, seed=SEED)
    figures = figures_of(judged, seed=SEED, money=None)
    fewest = fewest_of_an_outcome(deals, holdout.rows)
    checks = [
        *evidence_checks(holdout.summary(deals), fewest, holdout.fresh_learned),
        *checks_of(judged, figures, Rule.FIRST, attempts=1, acknowledged=False),
    ]
    return {
        "set": name,
        "verdict": str(verdict_of(checks)),
        "split": holdout.kind,
        "log_loss": mean_loss(judged.challenger, judged.won),
        "base_rate": mean_loss(judged.base, judged.won),
    }
