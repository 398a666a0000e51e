"""The customers of the market."""

from typing import Any

import numpy as np
import pytest

from simulation import MarketSettings
from simulation.accounts import FINANCIAL_HEALTH, KNOWN_AT_START, Accounts, draw_accounts


def accounts(**changes: Any) -> Accounts:
    settings = MarketSettings(n_deals=80_000, **changes)
    return draw_accounts(settings, np.random.default_rng(1))


def test_there_are_as_many_as_the_deals_need():
    drawn = accounts(deals_per_account=5)
    assert len(drawn.popularity) == 16_000
    assert drawn.popularity.sum() == pytest.approx(1.0)
    assert drawn.popularity.max() > 5 * np.median(drawn.popularity)


def test_what_an_account_does_to_its_deals_has_the_chosen_spread():
    assert accounts(account_spread=0.0).effect.std() == 0.0
    effect = accounts(account_spread=0.8).effect
    assert effect.std() == pytest.approx(0.8, rel=0.03)
    assert effect.mean() == pytest.approx(0.0, abs=0.02)


def test_bad_health_costs_credit():
    drawn = accounts()
    for level, share in FINANCIAL_HEALTH.items():
        assert drawn.financial_health.is_one_of(level).mean() == pytest.approx(share, abs=0.01)
    kept = drawn.credit_limit / drawn.ordinary_limit
    for level, limit in {"sound": 1.0, "watch": 0.6, "distressed": 0.25}.items():
        assert np.median(kept[drawn.financial_health.is_one_of(level)]) == pytest.approx(
            limit, rel=0.01
        )


def test_some_are_customers_from_the_start_and_the_others_become_so():
    first_order = accounts().first_order_at
    assert (first_order == 0).mean() == pytest.approx(KNOWN_AT_START, abs=0.01)
    assert first_order[first_order > 0].mean() == pytest.approx(1 / 0.35, rel=0.03)


def test_every_seller_has_accounts():
    assert set(accounts(n_sellers=9).seller) == set(range(9))
