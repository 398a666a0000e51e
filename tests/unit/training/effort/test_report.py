"""The report equals a count deal by deal, its groups add up, and unknown hours are never zero."""

from math import isclose

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from features.errors import EvidenceError
from reports.effort.report import Effort
from tests.unit.training.effort import oracle
from tests.unit.training.effort.files import AS_OF, HOURS_ONLY, MONEY, Row, policy, read, row, rows
from training.effort.report import effort_of

THRESHOLD = 0.3
SETTINGS = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def told(made, place, *, with_money=True, with_hours=True, **more):
    under = policy(with_hours=with_hours, economics=MONEY if with_money else HOURS_ONLY)
    p_win = np.array([np.nan if one.p_win is None else one.p_win for one in made])
    return effort_of(read(made, under, place), under, p_win, as_of=AS_OF, **more)


def disagreements(found, made, *, with_money=True, with_hours=True):
    """Return the names of the parts of a report that are not as counted."""
    threshold = None if with_money else THRESHOLD
    count = oracle.Count(made, written=with_hours, money=with_money, threshold=threshold)
    wrong = [
        name for name, spent, some, of in count.parts(found) if not count.agrees(spent, some, of)
    ]
    wrong += [f"apart {one.kind}" for one in found.apart if not count.stands_apart(one)]
    if {one.deal: one.why for one in found.unwinnable.wins} != count.wins():
        wrong.append("wins")
    if {one.period for one in found.quarters} != set(count.quarters):
        wrong.append("quarters")
    return wrong


@SETTINGS
@given(made=rows(), with_money=st.booleans(), with_hours=st.booleans())
def test_it_equals_a_count_deal_by_deal(tmp_path, made, with_money, with_hours):
    found = told(made, tmp_path / "deals.csv", with_money=with_money, with_hours=with_hours)
    assert not disagreements(found, made, with_money=with_money, with_hours=with_hours)
    assert found.hours_from == ("file" if with_hours else "policy")
    assert Effort.model_validate(found.to_data()) == found


@SETTINGS
@given(made=rows(), with_money=st.booleans())
def test_whatever_the_grouping_everything_adds_up(tmp_path, made, with_money):
    found = told(made, tmp_path / "deals.csv", with_money=with_money, by_seller=True)
    groupings = [found.bands, found.teams, found.sellers]
    for lot in [[one.spent for one in groups] for groups in groupings] + [
        [one.pursued for one in found.quarters]
    ]:
        for name in ("deals", "hours", "unknown_hours", "won", "lost", "no_decision",
                     "unknown_money", "unknown_brought", "estimated", "expected_won"):  # fmt: skip
            whole = getattr(found.pursued, name)
            assert isclose(sum(getattr(one, name) for one in lot), whole, abs_tol=1e-9), name
    lots = ([one.spent for one in found.unwinnable.reasons],
            [one.unwinnable for one in found.quarters])  # fmt: skip
    for lot in lots:
        assert sum(one.deals for one in lot) == found.unwinnable.spent.deals
        assert isclose(sum(one.hours for one in lot), found.unwinnable.spent.hours)
    kinds = sum(one.deals for one in found.apart)
    assert kinds + found.pursued.deals == len(made)


@SETTINGS
@given(made=rows())
def test_no_person_stands_alone_with_few_deals_unless_there_are_no_more(tmp_path, made):
    found = told(made, tmp_path / "deals.csv", by_seller=True)
    pursued = found.pursued.deals
    for one in found.sellers:
        assert one.spent.deals >= min(5, pursued)
        assert one.name is None or not one.pooled
    assert [one.name for one in found.sellers if one.name] == sorted(
        one.name for one in found.sellers if one.name
    )
    assert told(made, tmp_path / "deals.csv").sellers is None


def test_the_count_notices_hours_that_are_zero_where_they_are_unknown(tmp_path, monkeypatch):
    """The negative control: a report that takes unknown hours for none."""
    made = [row(0), row(1, ended="w", hours=""), row(2, bad="yes", hours="")]
    with_gaps = told(made, tmp_path / "deals.csv")
    assert not disagreements(with_gaps, made)
    filled = [Row(**{**vars(one), "hours": one.hours or "0"}) for one in made]
    assert disagreements(told(filled, tmp_path / "deals.csv"), made)
    monkeypatch.setattr("training.effort.sums._unknown", lambda values: 0)
    assert "pursued" in disagreements(told(made, tmp_path / "deals.csv"), made)


def test_the_count_notices_a_sunk_or_later_fact(tmp_path):
    """Hours really spent never change which deals were worth it, nor does how they ended."""
    made = [row(n, amount="4000", p_win=0.6) for n in range(6)]
    before = told(made, tmp_path / "deals.csv").unwinnable.spent.deals
    dearer = [Row(**{**vars(one), "hours": "9999", "ended": "w"}) for one in made]
    after = told([*dearer, row(7)], tmp_path / "deals.csv").unwinnable.spent.deals
    assert (before, after) == (0, 0)


def test_where_nobody_could_know_a_deal_only_what_is_certain_counts(tmp_path):
    made = [
        row(0, p_win=None, amount="100"),  # even a win would not pay
        row(1, p_win=None),
        row(2, p_win=None, bad="yes"),
        row(3, p_win=0.01, amount="10000"),
        row(4, ended="w"),
    ]
    found = told(made, tmp_path / "deals.csv")
    assert {one.why: one.spent.deals for one in found.unwinnable.reasons} == {
        "knocked_out": 1, "below_zero": 2,
    }  # fmt: skip
    assert (found.pursued.estimated, found.pursued.deals) == (2, 5)


def test_without_money_the_policys_own_threshold_decides(tmp_path):
    made = [row(0, p_win=0.1), row(1, p_win=0.2, ended="w"), row(2, p_win=0.3)]
    found = told(made, tmp_path / "deals.csv", with_money=False)
    assert (found.bands_by, found.threshold, found.unwinnable.spent.deals) == ("p_win", 0.3, 2)
    assert [one.deal for one in found.unwinnable.wins] == ["D1"]
    assert found.unwinnable.wins[0].brought is None
    assert [one.spent.deals for one in found.bands] == [0, 1, 2, 0, 0, 0]


def test_wins_are_named_with_what_is_known_the_largest_first(tmp_path):
    made = [
        row(0, ended="w", bad="yes", amount="", name="", account="", decided=""),
        row(1, ended="w", bad="yes", amount="800"),
        row(2, ended="w", bad="yes", amount="90000"),
        row(3),
    ]
    wins = told(made, tmp_path / "deals.csv").unwinnable.wins
    assert [one.deal for one in wins] == ["D2", "D1", "D0"]
    assert (wins[0].name, wins[0].account, wins[0].brought) == ("Deal 2", "A2", 22_500.0)
    assert (wins[0].decided_on, wins[0].hours, wins[0].p_win) == ("2025-02-03", 20.0, 0.5)
    assert (wins[2].name, wins[2].account, wins[2].decided_on) == (None, None, None)


def test_what_is_decided_after_the_day_is_not_there(tmp_path):
    made = [row(0), row(1, ended="w"), row(2, decided="2026-03-01", ended="o", closed="")]
    found = told(made, tmp_path / "deals.csv")
    assert found.pursued.deals + sum(one.deals for one in found.apart) == 2


def test_a_share_has_its_interval_by_account(tmp_path):
    same = [row(n, account="one", bad="yes" if n % 2 else "no") for n in range(40)]
    many = [Row(**{**vars(one), "account": f"A{n}"}) for n, one in enumerate(same)]
    ending = [row(90, ended="w", account="one")]
    few = told(same + ending, tmp_path / "deals.csv").unwinnable.spent
    assert (few.share_low, few.share_high) == (None, None)
    wide = told(many + ending, tmp_path / "deals.csv").unwinnable.spent
    assert wide.share_low < wide.share < wide.share_high
    again = told(many + ending, tmp_path / "deals.csv").unwinnable.spent
    assert wide == again


def test_without_any_hours_it_says_what_to_do(tmp_path):
    under = policy(with_hours=False, economics="")
    made = [row(0), row(1, ended="w")]
    with pytest.raises(EvidenceError, match=r"deals\.hours_spent"):
        effort_of(read(made, under, tmp_path / "d.csv"), under, np.ones(2), as_of=AS_OF)
