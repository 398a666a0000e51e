"""What teaches: deals pursued to their end, with twins and accounts kept together."""

from datetime import date

import numpy as np
import pytest

from features import EvidenceError, parse_policy
from models.exploration import place_of
from training.closed_deals import closed_deals
from training.evaluation.splits import split_deals
from training.intake import read_deals

DAY = date(2026, 1, 5)


def deals_of(rows, shop, write, header):
    return closed_deals(
        read_deals(write(header + "".join(rows)), shop, as_of=DAY, needs_outcome=True), shop
    )


def a_row(i, outcome, amount, account="", closed=""):
    return f"{i},{outcome},,{closed},{account},{amount},no,Public,Web,\n"


def test_declined_and_open_deals_teach_nothing_and_no_decision_is_not_won(shop, write, header):
    words = ["Won"] * 10 + ["Lost"] * 6 + ["Nobody"] * 4 + ["We no"] * 7 + ["Open"] * 5
    rows = [a_row(i, word, i) for i, word in enumerate(words)]
    deals = deals_of(rows, shop, write, header)
    assert (len(deals), deals.n_won) == (20, 10)


def test_too_few_deals_say_so_and_what_to_do(shop, write, header):
    rows = [a_row(i, "Won" if i < 9 else "Lost", i) for i in range(40)]
    with pytest.raises(EvidenceError, match="9 won and 31 not won") as refused:
        deals_of(rows, shop, write, header)
    assert "--policy" in str(refused.value)


def test_twins_and_deals_of_one_account_are_one_group(shop, write, header):
    rows = [a_row(i, "Won" if i % 2 else "Lost", i) for i in range(30)]
    rows += [a_row(40, "Won", 3), a_row(41, "Lost", 100, "Acme"), a_row(42, "Won", 101, "Acme")]
    deals = deals_of(rows, shop, write, header)
    assert deals.n_twins == 1
    assert deals.groups[3] == deals.groups[30]
    assert deals.groups[31] == deals.groups[32]
    assert len(np.unique(deals.groups)) == 31


def test_no_group_is_torn_apart_by_grouped_splits(shop, write, header):
    rows = [a_row(i, "Won" if i % 3 else "Lost", i % 40, f"A{i % 25}") for i in range(200)]
    deals = deals_of(rows, shop, write, header)
    kind, splits = split_deals(deals, seed=1)
    assert (kind, len(splits)) == ("grouped", 20)
    for split in splits:
        assert not set(deals.groups[split.train]) & set(deals.groups[split.held_out])
        assert len(split.train) + len(split.held_out) == len(deals)


def test_with_closing_dates_the_past_teaches_and_the_last_deals_judge(shop, write, header):
    days = np.datetime64("2025-01-01") + np.arange(200)
    rows = [a_row(i, "Won" if i % 3 else "Lost", i, closed=str(day)) for i, day in enumerate(days)]
    rows[199] = a_row(199, "Won", 5, closed=str(days[199]))  # a twin of deal 5, across the cut
    deals = deals_of(rows, shop, write, header)
    kind, (split,) = split_deals(deals, seed=1)
    assert kind == "time"
    last_lesson, first_test = (
        deals.closed_on[split.train].max(), deals.closed_on[split.held_out].min(),
    )  # fmt: skip
    assert first_test - last_lesson > np.timedelta64(30, "D")
    assert 199 not in split.held_out
    assert not set(deals.twins[split.train]) & set(deals.twins[split.held_out])


def test_deals_of_too_few_kinds_or_without_answers_say_so(shop, write, header):
    alike = [a_row(i, "Won" if i % 2 else "Lost", 5) for i in range(40)]
    with pytest.raises(EvidenceError, match="only 1 accounts or kinds"):
        deals_of(alike, shop, write, header)
    one_account = [a_row(i, "Won" if i % 2 else "Lost", i, "Acme") for i in range(40)]
    with pytest.raises(EvidenceError, match="only 1 accounts or kinds"):
        deals_of(one_account, shop, write, header)


def test_rare_answers_do_not_make_twins(shop, write, header):
    rows = [
        f"{i},{'Won' if i % 2 else 'Lost'},,,,1,no,Public,City {i},\n" for i in range(40)
    ]  # fmt: skip
    assert deals_of(rows, shop, write, header).n_twins == 0


def test_what_closes_after_the_day_we_pretend_to_be_is_still_open(shop, write, header):
    days = np.datetime64("2025-01-01") + np.arange(200)
    rows = [a_row(i, "Won" if i % 3 else "Lost", i, closed=str(d)) for i, d in enumerate(days)]
    on_file = read_deals(
        write(header + "".join(rows)), shop, as_of=date(2025, 4, 10), needs_outcome=True
    )
    assert len(closed_deals(on_file, shop)) == 100


def test_few_questions_do_not_cost_the_split_in_time(shop, write, header):
    days = np.datetime64("2025-01-01") + np.arange(300)
    random = np.random.default_rng(0)
    rows = [
        f"{i},{random.choice(['Won', 'Lost'])},,{day},,,{random.choice(['yes', 'no'])},"
        f"{random.choice(['Public', 'Private', 'None'])},,\n"
        for i, day in enumerate(days)
    ]
    kind, (split,) = split_deals(deals_of(rows, shop, write, header), seed=0)
    assert kind == "time"
    assert len(split.train) > 100


def test_a_chance_counts_where_chance_chose_the_deal(write, shop, header):
    """A deal that was worked although it was not drawn was chosen, and stands for itself only."""
    policy = parse_policy(
        shop.text.replace("points: 0}}", "points: 0}, exploration: {share: 0.3}}")
        .replace("account: Account", "account: Account\n  propensity: Chance")
        .encode()
    )
    places = [place_of(0, str(number)) for number in range(60)]
    lines = [
        f"{number},{'Won' if number % 2 else 'Lost'},2026-01-05,2026-02-05,A{number},{number},"
        f"no,Public,Web,,{'0.3' if number < 40 else ''}"
        for number in range(60)
    ]
    text = header.strip() + ",Chance\n" + "\n".join(lines) + "\n"
    on_file = read_deals(write(text), policy, as_of=date(2026, 3, 1), needs_outcome=True)
    closed = closed_deals(on_file, policy)
    expected = [0.3 if number < 40 and places[number] < 0.3 else 1.0 for number in range(60)]
    assert closed.propensity is not None
    assert closed.propensity.tolist() == expected
    assert 0.3 in expected[:40]
    assert 1.0 in expected[:40]


def test_what_was_declined_is_kept_beside_and_counts_nowhere(shop, write, header):
    words = ["Won"] * 10 + ["Lost"] * 10
    rows = [a_row(i, word, i) for i, word in enumerate(words)]
    refused = [a_row(90 + i, "We no", 90 + i) for i in range(7)]
    alone, deals = (deals_of(lines, shop, write, header) for lines in (rows, rows + refused))
    assert alone.declined is None
    assert deals.declined is not None
    assert deals.declined.columns["amount"].values.tolist() == list(range(90, 97))
    assert (len(deals), deals.n_won, deals.n_twins) == (len(alone), alone.n_won, alone.n_twins)
    assert deals.table.ids == alone.table.ids
    some = deals.take(np.arange(0, 20, 3))
    assert some.declined is deals.declined  # nobody knows when anything was


def test_what_was_declined_later_than_the_last_closing_is_not_known_yet(shop, write, header):
    start = np.datetime64("2025-01-01")
    rows = [a_row(i, "Won" if i % 2 else "Lost", i, closed=str(start + i)) for i in range(60)]
    rows += [
        f"{900 + i},We no,{'' if i == 7 else start + i},,,{i},no,Public,Web,\n" for i in range(80)
    ]
    deals = deals_of(rows, shop, write, header)
    assert deals.declined_on.tolist() == [start + i for i in range(59) if i != 7]
    everything = deals.take(np.arange(60))
    assert everything.declined.ids == deals.declined.ids
    for n in (20, 40):
        known = deals.take(np.arange(n)[::-1])
        assert known.declined_on.max() == known.closed_on.max() - 1
        assert known.declined.ids == tuple(str(900 + i) for i in range(n - 1) if i != 7)
    assert known.take(np.arange(35, 40)).declined_on.max() == start + 3  # reversed above
