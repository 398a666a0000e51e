"""The invented deals of an example policy, as the file that a CRM would export."""

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.draws import Scene, Texts
from simulation.export import write_csv
from simulation.recipes import RECIPES, Recipe

WON, LOST, NO_DECISION, DECLINED, OPEN = range(5)
BASE_LOG_ODDS, LOG_ODDS_OF_PROMISE = -0.4, 3.0
NO_DECISION_SHARE, DECLINED_SHARE = 0.3, 0.07
DAYS_SPREAD = 0.5


def example_names() -> tuple[str, ...]:
    """Return the names of the examples whose deals can be invented."""
    return tuple(RECIPES)


def example_deals(name: str) -> pd.DataFrame:
    """Return the deals of an example: one row a deal, every value a text, "" where blank.

    >>> deals = example_deals("b2b_software")
    >>> deals["opportunity"].is_unique, "pain" in deals.columns
    (True, True)
    """
    recipe = RECIPES[name]
    random = np.random.default_rng(recipe.seed)
    days = np.datetime64(recipe.first_day, "D") + np.arange(
        (recipe.last_day - recipe.first_day).days
    )
    scene = Scene(
        as_of=np.sort(random.choice(days, recipe.n_deals)),
        promise=random.standard_normal(recipe.n_deals),
        random=random,
    )
    for column, draw in recipe.draws.items():
        scene.texts[column] = draw.texts(column, scene)
    drawn = pd.DataFrame(_ledger(recipe, scene) | _recorded(recipe, scene))
    told = pd.DataFrame(list(recipe.told), columns=drawn.columns)
    return pd.concat([told, drawn], ignore_index=True).fillna("").astype("str")


def write_example(name: str, path: Path) -> None:
    """Write the deals of an example as the CSV file that a CRM would export."""
    write_csv(example_deals(name), path, delimiter=RECIPES[name].delimiter)


def _ledger(recipe: Recipe, scene: Scene) -> dict[str, Texts]:
    ledger, n = recipe.ledger, recipe.n_deals
    outcome, closed_on = _ended(recipe, scene)
    closed = np.array([str(day) for day in closed_on], dtype=object)
    return {
        ledger.id: np.array([f"{recipe.prefix}{k:03}" for k in range(1, n + 1)], dtype=object),
        ledger.account: scene.random.choice(np.array(recipe.accounts, dtype=object), n),
        ledger.as_of: np.array([str(day) for day in scene.as_of], dtype=object),
        ledger.closed_on: np.where(outcome == OPEN, "", closed),
        ledger.outcome: np.array(ledger.words, dtype=object)[outcome],
    }


def _ended(recipe: Recipe, scene: Scene) -> tuple[NDArray[np.intp], NDArray[np.datetime64]]:
    """Return how the deals ended and when; what has not ended by the last day is open."""
    random, n = scene.random, recipe.n_deals
    won = random.random(n) < 1 / (1 + np.exp(-BASE_LOG_ODDS - LOG_ODDS_OF_PROMISE * scene.promise))
    not_won = np.where(random.random(n) < NO_DECISION_SHARE, NO_DECISION, LOST)
    outcome = np.where(won, WON, not_won)
    outcome = np.where(random.random(n) < DECLINED_SHARE, DECLINED, outcome)
    took = np.round(recipe.median_days * np.exp(DAYS_SPREAD * random.standard_normal(n)))
    closed_on = scene.as_of + np.maximum(took, 2).astype("timedelta64[D]")
    is_open = closed_on > np.datetime64(recipe.last_day, "D")
    return np.where(is_open, OPEN, outcome), closed_on


def _recorded(recipe: Recipe, scene: Scene) -> dict[str, Texts]:
    """Return the answers, without those that nobody wrote down."""
    return {
        column: np.where(
            scene.random.random(recipe.n_deals) < recipe.blanks.get(column, 0.0), "", answers
        )
        for column, answers in scene.texts.items()
    }
