"""The true answers: whole, plausible, and hanging together as they do in the market."""

from functools import cache

import numpy as np
import pytest

from simulation import MarketSettings
from simulation.accounts import draw_accounts
from simulation.answers import MEDIAN_AMOUNT_EUR, Answers, draw_answers, nth_of_account

SETTINGS = MarketSettings(n_deals=40_000)


@cache
def answers() -> Answers:
    random = np.random.default_rng(5)
    return draw_answers(SETTINGS, draw_accounts(SETTINGS, random), random)


def test_deals_come_in_order_all_over_the_window():
    day = answers().day
    assert (np.diff(day) >= 0).all()
    assert day.min() == 0
    assert day.max() == SETTINGS.n_days - 1
    assert np.median(day) == pytest.approx(SETTINGS.n_days / 2, rel=0.03)
    assert answers().years.max() == pytest.approx(3.0, abs=0.01)


@pytest.mark.parametrize(("deliverable", "median"), MEDIAN_AMOUNT_EUR.items())
def test_amounts_are_log_normal_around_the_median_of_what_is_delivered(deliverable, median):
    amount = answers().amount[answers().deliverable.is_one_of(deliverable)]
    log = np.log(amount[amount > 1_000])
    assert np.median(amount) == pytest.approx(median, rel=0.08)
    assert log.std() == pytest.approx(np.hypot(0.8, 0.4), rel=0.05)
    skewness = ((log - log.mean()) ** 3).mean() / log.std() ** 3
    assert abs(skewness) < 0.25


def test_a_customer_is_new_until_the_first_order_and_never_again():
    is_new, account = answers().relationship.is_one_of("new"), answers().account
    known = set()
    for new, customer in zip(is_new, account, strict=True):
        assert not (new and customer in known)
        if not new:
            known.add(customer)
    assert 0.1 < is_new.mean() < 0.5


def test_who_is_new_owes_nothing_and_is_supplied_by_others():
    is_new = answers().relationship.is_one_of("new")
    assert (answers().exposure[is_new] == 0).all()
    assert not answers().incumbent.is_one_of("us")[is_new].any()
    assert np.median(answers().exposure[answers().relationship.is_one_of("current")]) > 10_000


def test_only_ailing_customers_are_in_a_proceeding():
    in_court = answers().insolvency_proceeding.is_one_of("receivership", "liquidation")
    distressed = answers().financial_health.is_one_of("distressed")
    assert not in_court[~distressed].any()
    assert in_court[distressed].mean() == pytest.approx(0.20, abs=0.03)


def test_open_tenders_draw_more_competitors_and_leave_less_time():
    tender = answers().request_type.is_one_of("open tender")
    direct = answers().request_type.is_one_of("direct request")
    for fact, sign in (("competitors", 1), ("days_to_deadline", -1), ("specified_by_us", -1)):
        values = getattr(answers(), fact).astype(float)
        assert sign * (values[tender].mean() - values[direct].mean()) > 0.1


def test_the_workshop_has_its_seasons():
    season = np.sin(2 * np.pi * answers().years)
    load = answers().delivery_load_percent
    assert load[season > 0.9].mean() - load[season < -0.9].mean() > 15
    assert load.min() >= 20
    assert load.max() <= 180


def test_earlier_deals_are_counted_account_by_account():
    account = np.random.default_rng(6).integers(20, size=300)
    counted = [int((account[:place] == one).sum()) for place, one in enumerate(account)]
    assert nth_of_account(account).tolist() == counted
