"""A naive Bayes as Odoo's predictive lead scoring does it, from its description.

Each answer is counted among won and among not won deals, 0.1 is added to either count, and the
shares of all answers are multiplied with the win rate. What is unknown, or was never met, is left
out. The product is held between 0.01 % and 99.99 %, and nothing calibrates it. Odoo knows no
numbers: they are cut at the fifths of the teaching deals.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from benchmarks.model.facts import Codes, Facts, Vector

SMOOTHING = 0.1
N_BINS = 5
LOWEST, HIGHEST = 0.0001, 0.9999


@dataclass(frozen=True)
class NaiveBayes:
    """The log-odds of each answer, by field; the last place is 0, for unknown and never met."""

    prior: float
    edges: dict[str, Vector]
    log_odds: dict[str, Vector]

    @staticmethod
    def learn(facts: Facts, won: Vector) -> "NaiveBayes":
        """Return the counts of some closed deals, of which both outcomes must be there."""
        edges = {name: _edges(values) for name, values in facts.numbers.items()}
        codes = _codes(facts, edges)
        log_odds = {name: _log_odds(answers, won) for name, answers in codes.items()}
        return NaiveBayes(float(np.log(won.sum() / (1 - won).sum())), edges, log_odds)

    def p_win(self, facts: Facts) -> Vector:
        """Return the probability of each deal, shape (n_deals,)."""
        total = np.full(len(facts), self.prior)
        for name, answers in _codes(facts, self.edges).items():
            table = self.log_odds[name]
            known = (answers >= 0) & (answers < len(table) - 1)
            total += table[np.where(known, answers, len(table) - 1)]
        return np.clip(expit(total), LOWEST, HIGHEST)


def _edges(values: Vector) -> Vector:
    known = values[~np.isnan(values)]
    if not len(known):
        return np.array([])
    return np.unique(np.quantile(known, np.linspace(0, 1, N_BINS + 1)[1:-1]))


def _codes(facts: Facts, edges: dict[str, Vector]) -> dict[str, Codes]:
    binned = {
        name: np.where(np.isnan(v), -1, np.searchsorted(edges[name], v, side="left"))
        for name, v in facts.numbers.items()
    }
    return binned | facts.categories


def _log_odds(answers: Codes, won: Vector) -> Vector:
    """Return each answer's log-odds; 0 for those that nobody gave."""
    n = int(answers.max(initial=-1)) + 1
    met = answers >= 0
    wins = np.bincount(answers[met], weights=won[met], minlength=n)
    losses = np.bincount(answers[met], weights=1 - won[met], minlength=n)
    given = wins + losses > 0
    wins, losses = (counts + SMOOTHING * given for counts in (wins, losses))
    table = np.zeros(n + 1)
    if given.any():
        shares = wins[given] / wins.sum(), losses[given] / losses.sum()
        table[:n][given] = np.log(shares[0]) - np.log(shares[1])
    return table
