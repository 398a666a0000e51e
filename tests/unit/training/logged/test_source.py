"""The log is read like any file: the same facts, outcomes, days and chances come out."""

from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from features import parse_policy
from features.errors import DealsError, EvidenceError
from tests.unit.training.logged.conftest import DAY, POLICY, logged, past
from training.intake import deals_of, read_deals
from training.logged.source import logged_source
from training.logged.writing import write_deals
from training.outcomes.outcome import Outcome

TODAY = date(2026, 12, 1)
FULL = {
    "amount": {"value": 1.234, "observed_on": "2025-12-01"},
    "need": {"value": "unclear", "observed_on": "2026-01-02"},
    "served": False,
    "started": "2025-03-04",
    "depth": {"not_applicable": True},
    "region": 'Île, "n° 1"; Est',
}


def read(source, policy):
    return deals_of(source.raw, policy, as_of=TODAY, needs_outcome=True)


def facts_of(on_file):
    return [dict(on_file.table.deal(row).facts) for row in range(len(on_file.table))]


def test_every_fact_outcome_day_and_chance_comes_back(policy):
    deals = [
        logged(0, facts=FULL, propensity=0.05, explored=True, hours=12.5),
        logged(1, "lost", facts={"amount": 0}),
        logged(2, "no_decision", facts={}),
        logged(3, "declined_by_us", propensity=0.0),
        logged(4, None),
    ]
    source = logged_source(past(*deals), policy)
    found = read(source, policy)
    assert found.outcomes.tolist() == [
        Outcome.WON, Outcome.LOST, Outcome.NO_DECISION, Outcome.DECLINED_BY_US, Outcome.OPEN,
    ]  # fmt: skip
    assert found.table.ids == ("D-0", "D-1", "D-2", "D-3", "D-4")
    facts = facts_of(found)
    assert {**facts[0], "depth": "n/a"} == {
        "amount": 1.234, "need": "unclear", "served": False, "started": date(2025, 3, 4),
        "depth": "n/a", "region": FULL["region"],
    }  # fmt: skip
    assert str(facts[0]["depth"]) != "n/a"
    assert facts[1:3] == [{"amount": 0.0}, {}]
    assert found.table.as_of.tolist() == [DAY] * 5
    assert found.closed_on[:2].tolist() == [date(2026, 2, 4)] * 2
    assert np.isnat(found.closed_on[4])
    assert found.propensity.tolist() == [0.05, 1, 1, 1, 1]
    assert found.hours_spent[0] == 12.5
    assert [note.en for note in source.notes] == ["deals from the decision log: 5"]


@pytest.mark.parametrize("name", ["deals.csv", "deals.parquet"])
def test_the_file_is_read_as_the_log_is(policy, tmp_path, name):
    source = logged_source(past(logged(0, facts=FULL), logged(1, "lost")), policy)
    write_deals(source.raw.table, tmp_path / "new" / name)
    found = read_deals(tmp_path / "new" / name, policy, as_of=TODAY, needs_outcome=True)
    straight = read(source, policy)
    assert facts_of(found) == facts_of(straight)
    assert found.fingerprint == straight.fingerprint
    assert (tmp_path / "new" / name).stat().st_mode & 0o077 == 0


def test_a_decimal_comma_is_written_where_the_policy_reads_one():
    text = POLICY.replace('  unknown: ["?"]', '  unknown: ["?"]\n  numbers: decimal_comma')
    comma = parse_policy(text.encode())
    source = logged_source(past(logged(0, facts={"amount": 1.234}), logged(1)), comma)
    assert source.raw.table["Amount of the offer"][0].as_py() == "1,2340"
    assert facts_of(read(source, comma))[0] == {"amount": 1.234}


def test_an_answer_that_was_too_old_stays_unknown(policy):
    old = {"need": {"value": "clear", "observed_on": "2025-01-01"}}
    assert facts_of(read(logged_source(past(logged(0, facts=old)), policy), policy)) == [{}]


def test_what_does_not_fit_the_policy_of_today_is_unknown_counted_and_told(policy):
    deals = [
        logged(0, facts={"amount": 5, "need": "clear", "region": "N", "gone": 1}),
        logged(1, facts={"amount": -5, "need": "clear", "region": "N"}),
        logged(2, facts={"gone": 1, "away": None, "amount": 5}),
        logged(3, facts={"away": None, "amount": 5}),
    ]
    source = logged_source(past(*deals), policy)
    assert [deal.deal_id for deal in source.deals] == ["D-0", "D-1", "D-3"]
    assert facts_of(read(source, policy)) == [
        {"amount": 5.0, "need": "clear", "region": "N"}, {"need": "clear", "region": "N"},
        {"amount": 5.0},
    ]  # fmt: skip
    assert (source.counts["misfits"], source.counts["foreign"]) == (2, 1)
    told = "\n".join(note.en for note in source.notes)
    assert "and are unknown: 2, of which amount (1), gone (1)" in told
    assert "half of their facts or more do not fit the policy of today: 1" in told


def test_outcomes_without_a_word_are_told_and_a_refusal_is_never_a_loss():
    text = POLICY.replace(", no_decision: [Nothing], declined_by_us: [No]", "")
    short = parse_policy(text.encode())
    source = logged_source(
        past(logged(0), logged(1, "no_decision"), logged(2, "declined_by_us")), short
    )
    assert read(source, short).outcomes.tolist() == [Outcome.WON, Outcome.LOST]
    assert (source.counts["as_lost"], source.counts["unsaid"]) == (1, 1)
    assert any("no word for declined_by_us" in note.en for note in source.notes)


def test_flags_with_a_reason_say_all_outcomes():
    text = POLICY.replace(
        "{column: End, won: [Won], lost: [Lost, Gone], no_decision: [Nothing], "
        "declined_by_us: [No]}",
        "{closed: Over, won: Ours, reason: Why, no_decision: [Nothing, None], "
        "declined_by_us: [No]}",
    )
    flags = parse_policy(text.encode())
    ends = ["won", "lost", "no_decision", "declined_by_us", None]
    source = logged_source(past(*(logged(n, end) for n, end in enumerate(ends))), flags)
    assert [one.value for one in read(source, flags).outcomes] == [*ends[:4], "open"]


def test_drawn_deals_are_told_where_the_policy_names_no_chance():
    plain = parse_policy(POLICY.replace("  propensity: Chance\n", "").encode())
    source = logged_source(past(logged(0, propensity=0.1, explored=True), logged(1)), plain)
    assert source.counts["drawn"] == 1
    assert any("names no deals.propensity" in note.en for note in source.notes)


def test_what_the_log_left_out_is_told_in_both_languages(policy):
    found = logged_source(past(logged(0), erased=2, too_late=3, never_decided=4), policy)
    assert [note.fr.split(": ")[1] for note in found.notes] == ["1", "2", "3", "4"]
    assert all(note.fr != note.en for note in found.notes)
    assert found.counts["erased"] == 2


def test_nothing_to_learn_from_is_said_with_the_way_out(policy):
    with pytest.raises(EvidenceError, match=r"7 were left out.*\n.*POST /v1/outcomes"):
        logged_source(past(erased=3, too_late=4), policy)


def test_a_history_is_refused_with_the_way_out(policy):
    spec = policy.deals.model_copy(update={"history": object()})
    with pytest.raises(DealsError, match="known already"):
        logged_source(past(logged()), replace(policy, deals=spec))


FILE = (
    "Deal;Decided;Opened;Closed;Customer;Hours;Chance;Seller;End;Amount of the offer;need;"
    "Asked on;served;started;depth;region;Extra\n"
    "D-0;01/02/2025;15/01/2025;31/12/2025;Acme;7,5;;Ann;Lost;1.234,5;clear;;oui;25/12/2024;n/a;"
    "N;x\n"
    "D-1;01/02/2025;15/01/2025;31/12/2025;Bond;8;;Bob;Gone;2.000,25;?;;non;;3;S;y\n"
)


def test_a_file_and_the_log_are_one_source_in_which_the_log_counts(policy, tmp_path):
    file = tmp_path / "crm.csv"
    file.write_text(FILE, encoding="utf-8")
    logs = past(logged(0, facts=FULL), logged(7, facts={"amount": 3.125}, hours=2))
    source = logged_source(logs, policy, beside=file)
    found = read(source, policy)
    assert found.table.ids == ("D-1", "D-0", "D-7")
    facts = facts_of(found)
    assert facts[0] == {"amount": 2000.25, "served": False, "depth": 3.0, "region": "S"}
    assert (facts[1]["amount"], facts[1]["region"]) == (1.234, FULL["region"])
    assert facts[2] == {"amount": 3.125}
    assert [one.value for one in found.outcomes] == ["lost", "won", "won"]
    assert found.accounts.tolist()[:2] == ["Bond", "Acme"]
    assert not found.accounts[2]
    assert found.sellers.tolist() == ["Bob", "Ann", None]
    assert found.hours_spent.tolist() == [8, 7.5, 2]
    assert [str(day) for day in found.opened_on] == ["2025-01-15", "2025-01-15", "2026-01-05"]
    assert source.counts["in_both"] == 1
    assert any("also in the file" in note.en for note in source.notes)


def test_the_types_of_a_file_stay(policy, tmp_path):
    table = pa.table(
        {
            "Deal": pa.array([1, 2], pa.int64()),
            **{name: pa.array([date(2025, 2, 1)] * 2) for name in ("Decided", "Opened", "Closed")},
            **{name: pa.array(["a", "b"]) for name in ("Customer", "Seller", "region")},
            **{name: pa.array([0.5, None]) for name in ("Hours", "Chance", "depth")},
            "End": ["Won", "Lost"],
            "Amount of the offer": pa.array([5, 6], pa.int64()),
            "need": ["clear", None],
            "Asked on": pa.nulls(2),
            "served": [True, None],
            "started": pa.array([None, date(2025, 1, 1)]),
        }
    )
    pq.write_table(table, tmp_path / "d.parquet")
    logs = past(logged(0, deal_id="2", facts=FULL), logged(7))
    found = read(logged_source(logs, policy, beside=tmp_path / "d.parquet"), policy)
    assert found.table.ids == ("1", "2", "D-7")
    assert [facts.get("amount") for facts in facts_of(found)] == [5.0, 1.234, 1007.5]
    assert [facts.get("served") for facts in facts_of(found)] == [True, False, True]


def test_a_file_without_ids_is_not_joined(tmp_path):
    text = parse_policy(POLICY.replace("  id: Deal\n", "").encode())
    file = tmp_path / "crm.csv"
    file.write_text(FILE, encoding="utf-8")
    with pytest.raises(DealsError, match="takes ids"):
        logged_source(past(logged()), text, beside=file)
