"""Champion and challenger, counted by hand and judged as promotion judges."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from features import parse_policy
from features.shadowed_deal import ShadowedDeal
from reports.shadow.words import shadow_lines
from tests.unit.training.logged.conftest import POLICY
from training.shadow.accounts import accounts_of
from training.shadow.report import shadow_report
from training.sources.location import read_source

START = datetime(2026, 1, 5, 12, tzinfo=UTC)
CLOSED = date(2026, 3, 1)


def seen(number=0, **more):
    told = {
        "decision_id": str(number),
        "decided_at": START + timedelta(minutes=number),
        "deal_id": f"D-{number}",
        "champion": "c" * 64,
        "answered": "go",
        "answered_p_win": 0.5,
        "challenger": "d" * 64,
        "said": "go",
        "said_p_win": 0.6,
    }
    return ShadowedDeal(**{**told, **more})


def world(n=400, *, good=True, seed=3):
    """Return closed deals of which the challenger knows the odds, or knows less."""
    random = np.random.default_rng(seed)
    p_true = random.uniform(0.05, 0.95, n)
    won = random.uniform(size=n) < p_true
    knows, guesses = p_true, np.full(n, won.mean())
    said, answered = (knows, guesses) if good else (guesses, knows)
    return [
        seen(
            number,
            answered_p_win=float(answered[number]),
            said_p_win=float(said[number]),
            outcome="won" if won[number] else ("lost", "no_decision")[number % 2],
            closed_on=CLOSED,
        )
        for number in range(n)
    ]


def test_agreement_differences_and_answers_are_counted():
    deals = [
        seen(0),
        seen(1, said="find_out", said_p_win=0.4),
        seen(2, deal_id="D-1", said="find_out", said_p_win=0.4),
        seen(3, answered="no_go"),
        seen(4, said=None, said_p_win=None),
        seen(5, deal_id=None, answered_p_win=None, said_p_win=None),
    ]
    (pair,) = shadow_report(deals).pairs
    assert (pair.decisions, pair.deals, pair.unreadable, pair.agreed) == (5, 4, 1, 2)
    assert [(one.answered, one.said, one.decisions) for one in pair.others] == [
        ("go", "find_out", 2), ("no_go", "go", 1),
    ]  # fmt: skip
    assert pair.p_win is not None
    assert pair.p_win.value == pytest.approx((0.1 - 0.1 - 0.1 + 0.1) / 4)
    assert (pair.p_win.low, pair.closed, pair.log_loss) == (None, 0, None)


def test_losses_are_those_of_the_outcomes():
    deals = [
        seen(0, answered_p_win=0.8, said_p_win=0.9, outcome="won", closed_on=CLOSED),
        seen(1, answered_p_win=0.2, said_p_win=0.4, outcome="no_decision", closed_on=CLOSED),
    ]
    (pair,) = shadow_report(deals).pairs
    assert (pair.closed, pair.won) == (2, 1)
    assert pair.brier is not None
    assert pair.log_loss is not None
    assert pair.brier.champion.value == pytest.approx(0.04)
    assert pair.brier.challenger.value == pytest.approx((0.01 + 0.16) / 2)
    assert pair.log_loss.champion.value == pytest.approx(-np.log(0.8))
    assert pair.brier.difference.value == pytest.approx(0.045)
    assert pair.log_loss.difference.low is None  # two customers prove nothing


@pytest.mark.parametrize(("good", "sign"), [(True, -1), (False, 1)])
def test_who_knows_the_odds_is_found_to_and_an_equal_is_not(good, sign):
    (pair,) = shadow_report(world(good=good)).pairs
    assert pair.log_loss is not None
    ends = (pair.log_loss.difference.low, pair.log_loss.difference.high)
    assert all(sign * end > 0 for end in ends)
    twins = [seen(n, said_p_win=0.5, outcome="won", closed_on=CLOSED) for n in range(50)]
    (pair,) = shadow_report(twins).pairs
    assert pair.log_loss is not None
    assert (pair.log_loss.difference.low, pair.log_loss.difference.high) == (0, 0)


def test_each_deal_counts_once_as_it_was_first_decided_and_only_if_it_closed_later():
    deals = [
        seen(0, outcome="won", closed_on=CLOSED),
        seen(1, deal_id="D-0", said_p_win=0.99, outcome="won", closed_on=CLOSED),
        seen(2, outcome="declined_by_us", closed_on=CLOSED),
        seen(3, outcome="won", closed_on=START.date()),
        seen(4, deal_id=None, outcome=None),
    ]
    (pair,) = shadow_report(deals).pairs
    assert pair.closed == 1
    assert pair.brier is not None
    assert pair.brier.challenger.value == pytest.approx(0.16)


def test_deals_of_one_customer_are_drawn_together():
    """Ten customers of forty deals each say less than four hundred customers."""
    deals = world()
    wide = {deal.deal_id: f"A-{n % 25}" for n, deal in enumerate(deals)}
    (alone,), (grouped,) = (
        shadow_report(deals, accounts=accounts).pairs for accounts in ({}, wide)
    )
    assert alone.log_loss is not None
    assert grouped.log_loss is not None
    assert alone.log_loss.difference.value == grouped.log_loss.difference.value
    assert alone.log_loss.difference != grouped.log_loss.difference
    few = dict.fromkeys(wide, "A-0")
    (pair,) = shadow_report(deals, accounts=few).pairs
    assert pair.log_loss is not None
    assert pair.log_loss.difference.low is None


def test_every_pair_of_versions_stands_alone_the_latest_first():
    deals = [seen(0), seen(1, challenger="e" * 64), seen(2, champion=None, challenger=None)]
    found = shadow_report(deals)
    assert [(pair.champion[:1], pair.challenger[:1]) for pair in found.pairs] == [
        ("p", "p"), ("c", "e"), ("c", "d"),
    ]  # fmt: skip
    assert found.to_data()["pairs"][0]["champion"] == "policy-only"


def test_the_customers_of_a_file(tmp_path):
    policy = parse_policy(POLICY.encode())
    place = tmp_path / "deals.csv"
    place.write_text("Deal,Customer\nD-0,Acme\nD-1,\nD-2,Bond\n", encoding="utf-8")
    assert accounts_of(read_source(place), policy) == {"D-0": "Acme", "D-2": "Bond"}
    place.write_text("Deal,Other\nD-0,Acme\n", encoding="utf-8")
    assert accounts_of(read_source(place), policy) == {}


def test_lines_say_it_in_both_languages():
    found = shadow_report([*world(), seen(900, said="no_go"), seen(901, said=None)])
    english, french = ("\n".join(shadow_lines(found, one)) for one in ("en", "fr"))
    assert "seen by both: 401 decisions about 401 deals; not fitting its policy: 1" in english
    assert "same recommendation: 100% (400 of 401)" in english
    assert "“Go” was answered, it says “No-go”: 1" in english
    assert "so far, the challenger is better" in english
    assert "jusqu'ici, le challenger est meilleur" in french
    assert "Brier" in french
    assert len(english.splitlines()) == len(french.splitlines())
    empty = shadow_report([])
    assert "no challenger has been in the shadow" in "".join(shadow_lines(empty, "en"))
    worse = shadow_report(world(good=False))
    assert "the challenger is worse" in "\n".join(shadow_lines(worse, "en"))
