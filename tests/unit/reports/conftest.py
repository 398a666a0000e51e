"""A small review whose every part can be replaced."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from features.policy import Policy, load_policy
from features.texts import Text
from models.evidence import win_rate_interval
from reports.review import (
    EvaluationSummary,
    FieldReview,
    Importance,
    ReliabilityBin,
    Review,
    RuleReview,
    WinRate,
)

MACHINES = Path(__file__).parent / "policy.yaml"


def win_rate(won: int, deals: int) -> WinRate:
    if not deals:
        return WinRate(deals=0, won=0, rate=None, low=None, high=None)
    low, high = win_rate_interval(won, deals)
    return WinRate(deals=deals, won=won, rate=won / deals, low=low, high=high)


def rule(**changes: Any) -> RuleReview:
    figures: dict[str, Any] = {
        "id": "existing_client",
        "kind": "criterion",
        "label": Text(en="Works with us already", fr="Travaille déjà avec nous"),
        "points": 20.0,
        "fields": ("client",),
        "answered": 0.97,
        "met": win_rate(154, 226),
        "not_met": win_rate(73, 209),
        "contribution": 0.112,
        "importance": Importance(mean=0.063, low=-0.015, high=0.079),
    }
    return RuleReview(**(figures | changes))


def knockout(**changes: Any) -> RuleReview:
    figures: dict[str, Any] = {
        "id": "embargo",
        "kind": "knockout",
        "label": Text(en="Country under embargo", fr="Pays sous embargo"),
        "points": None,
        "fields": ("country",),
        "answered": 1.0,
        "met": win_rate(0, 0),
        "not_met": win_rate(227, 1448),
        "contribution": None,
        "importance": None,
    }
    return RuleReview(**(figures | changes))


def evaluation(**changes: Any) -> EvaluationSummary:
    figures: dict[str, Any] = {
        "split": "grouped",
        "n_splits": 20,
        "splits_won": 19,
        "confidence": 0.998,
        "metrics": {"log_loss": 0.601, "brier": 0.2, "auc": 0.742, "calibration_slope": 0.91},
        "spread": {"log_loss": 0.031, "brier": 0.01, "auc": 0.028, "calibration_slope": 0.14},
        "base_rate": {"log_loss": 0.693, "brier": 0.25, "auc": 0.5},
        "reliability": (
            ReliabilityBin(deals=500, promised=0.1, won=0.12),
            ReliabilityBin(deals=500, promised=0.3, won=0.7),
        ),
    }
    return EvaluationSummary(**(figures | changes))


def review(**changes: Any) -> Review:
    figures: dict[str, Any] = {
        "policy": "b2b_solutions",
        "title": Text(en="Business software", fr="Logiciels de gestion"),
        "policy_fingerprint": "9f2c4e1ab6d07735",
        "closed_deals": 1448,
        "won": 227,
        "twins": 12,
        "base_rate": 227 / 1448,
        "interval": win_rate_interval(227, 1448),
        "rules": (knockout(), rule()),
        "unmentioned": (
            FieldReview(
                name="deal_type",
                label=Text(en="Type of deal", fr="Type d'affaire"),
                answered=0.84,
                contribution=0.034,
                importance=Importance(mean=0.012, low=None, high=None),
            ),
        ),
        "left_out": ("Stage", "Close date"),
        "evaluation": evaluation(),
    }
    return Review(**(figures | changes))


@pytest.fixture
def make_win_rate() -> Callable[[int, int], WinRate]:
    return win_rate


@pytest.fixture
def make_rule() -> Callable[..., RuleReview]:
    return rule


@pytest.fixture
def make_evaluation() -> Callable[..., EvaluationSummary]:
    return evaluation


@pytest.fixture
def make_review() -> Callable[..., Review]:
    return review


@pytest.fixture(scope="session")
def machines() -> Policy:
    """Return a policy that uses everything a policy can say."""
    return load_policy(MACHINES)
