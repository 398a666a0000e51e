"""A probability comes from a model that never saw the deal, nor anything that came later."""

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from features import parse_policy
from training.intake import read_deals
from training.replay.origins import learned, origins_of, probabilities_of, teaching
from training.replay.past_deals import declined_deals

DAY = date(2026, 1, 5)
POLICY = """
policy: rolling
title: {{en: Rolling, fr: Glissante}}
deals:
  id: Deal
  account: Customer
  outcome: {{column: Status, won: [Won], lost: [Lost], declined_by_us: [Declined]}}
{days}
fields:
  size: {{type: number}}
  kind: {{type: category}}
criteria:
  - {{id: large, when: {{size: {{above: 0}}}}, points: 5, label: {{en: a, fr: b}}}}
decision: {{go_at: {{p_win: 0.4}}}}
"""
DATED = "  as_of: Decided\n  closed_on: Closed"
FIRST = np.datetime64("2023-01-02")


def rows_of(n=240, seed=0):
    """Return deals, one decided every third day, closed within ten weeks; every tenth declined."""
    random = np.random.default_rng(seed)
    found = []
    for place in range(n):
        size, day = float(random.normal()), FIRST + 3 * place
        won = random.random() < 1 / (1 + np.exp(-1.5 * size))
        status = "Declined" if place % 10 == 9 else "Won" if won else "Lost"
        closed = day + int(random.integers(5, 70))
        kind = str(random.choice(["a", "b", "c"]))
        found.append([f"D{place}", f"C{place % 50}", status, str(day), str(closed), size, kind])
    return found


def read(place, rows, days=DATED):
    head = "Deal,Customer,Status,Decided,Closed,size,kind"
    text = "\n".join([head, *(",".join(map(str, row)) for row in rows)])
    file = place / "deals.csv"
    file.write_text(text + "\n", encoding="utf-8")
    policy = parse_policy(POLICY.format(days=days).encode())
    return policy, read_deals(file, policy, as_of=DAY, needs_outcome=True)


@dataclass
class BaseRate:
    """Learns the share won, and remembers what it was taught: quick, and blind to all facts."""

    taught: list[set[int]]

    def __call__(self, deals, policy, rows, seed):
        self.taught.append(set(rows.tolist()))
        rate = float(deals.won[rows].mean())
        return SimpleNamespace(p_win=lambda table: (np.full(len(table), rate), None))


def found(place, rows, days=DATED, learn=None):
    policy, on_file = read(place, rows, days)
    learn = BaseRate([]) if learn is None else learn
    declined = declined_deals(on_file, policy)
    return probabilities_of(on_file, policy, declined, seed=0, learn=learn), learn


def test_a_deal_is_judged_by_what_had_closed_before_its_day(tmp_path):
    rows = rows_of()
    told, _ = found(tmp_path, rows)
    pursued = [row for row in rows if row[2] != "Declined"]
    assert told.source.method == "rolling_origin"
    assert 4 <= told.source.origins <= 8
    assert told.source.deals + told.source.without == len(pursued)
    days = np.array([row[3] for row in pursued], dtype="datetime64[D]")
    first = np.datetime64(told.source.first_origin)
    assert np.array_equal(np.isfinite(told.pursued), days >= first)
    declined_on = np.array([row[3] for row in rows if row[2] == "Declined"], dtype="datetime64[D]")
    assert np.array_equal(np.isnan(told.declined), declined_on < first)


def test_what_becomes_of_deals_later_never_matters_to_an_earlier_probability(tmp_path):
    rows = rows_of()
    told, _ = found(tmp_path, rows)
    cut = np.datetime64(told.source.last_origin)
    other = [
        [*row[:2], {"Won": "Lost", "Lost": "Won"}.get(row[2], row[2]), *row[3:]]
        if np.datetime64(row[4]) >= cut
        else row
        for row in rows
    ]
    again, _ = found(tmp_path, other)
    np.testing.assert_array_equal(again.pursued, told.pursued)
    np.testing.assert_array_equal(again.declined, told.declined)


def test_a_look_ahead_would_be_caught(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "training.replay.origins.teaching", lambda closed, origin: np.arange(len(closed))
    )
    with pytest.raises(AssertionError):
        test_what_becomes_of_deals_later_never_matters_to_an_earlier_probability(tmp_path)


def test_origins_teach_from_closed_deals_only_and_wait_for_enough_of_them(tmp_path):
    from training.closed_deals import closed_deals

    policy, on_file = read(tmp_path, rows_of())
    closed = closed_deals(on_file, policy)
    assert closed.closed_on is not None
    for origin in origins_of(closed, closed.table.as_of):
        rows = teaching(closed, origin)
        assert (closed.closed_on[rows] < origin).all()
        won = closed.won[rows].sum()
        assert min(won, len(rows) - won) >= 10


def test_without_days_a_model_learns_from_the_deals_of_other_accounts(tmp_path):
    told, learn = found(tmp_path, rows_of(), days="")
    assert told.source.method == "cross_fit"
    assert (told.source.origins, told.source.first_origin, told.source.without) == (5, None, 0)
    for taught in learn.taught:
        held_out = set(range(len(told.pursued))) - taught
        assert not set(told.groups[list(taught)]) & set(told.groups[list(held_out)])
    assert np.isfinite(told.declined).all()


def test_too_few_closed_deals_make_no_probability(tmp_path):
    told, learn = found(tmp_path, rows_of(20))
    assert told.source.method == "none"
    assert (told.source.deals, told.source.without) == (0, 18)
    assert np.isnan(told.pursued).all()
    assert np.isnan(told.declined).all()
    assert (told.groups, learn.taught) == (None, [])


def test_real_models_find_what_the_past_says(tmp_path):
    rows = rows_of()
    told, _ = found(tmp_path, rows, learn=learned)
    pursued = [row for row in rows if row[2] != "Declined"]
    size = np.array([row[5] for row in pursued])
    some = np.isfinite(told.pursued)
    assert np.corrcoef(size[some], told.pursued[some])[0, 1] > 0.7
