"""Facts that went into the log come out of its file of deals as they were, whatever they are."""

import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from features import parse_policy
from features.facts import deal_from_facts
from features.fields.number import LARGEST_NUMBER
from features.logged_deal import LoggedDeal, LoggedPast
from training.intake import deals_of, read_deals
from training.logged.source import logged_source
from training.logged.writing import write_deals

DAY = date(2026, 1, 5)
POLICY = """
policy: logged
title: {en: "Logged", fr: "Journal"}
deals:
  id: Deal
  as_of: Decided
  closed_on: Closed
  propensity: Chance
  outcome: {column: End, won: [Won], lost: [Lost], no_decision: [Nothing], declined_by_us: [No]}
  unknown: ["?", "-1"]
  NUMBERS
fields:
  number: {type: number, not_applicable: [n/a]}
  share: {type: number, min: 0, max: 1, column: The share}
  word: {type: category}
  choice: {type: category, values: [A, b c, "1", "true"], valid_for_days: 30, observed_column: On}
  answer: {type: boolean}
  day: {type: date, not_applicable: [none]}
decision: {go_at: {p_win: 0.3}}
"""
WAYS = ("", "numbers: decimal_comma", "numbers: decimal_point", "dates: day_first")
POLICIES = [parse_policy(POLICY.replace("NUMBERS", way).encode()) for way in WAYS]
NUMBERS = st.one_of(
    st.floats(-LARGEST_NUMBER, LARGEST_NUMBER),
    st.integers(-(10**9), 10**9),
    st.decimals(-(10**6), 10**6, places=3).map(float),
)
DAYS = st.dates(date(1901, 1, 1), date(2199, 1, 1)).map(date.isoformat)
WORDS = st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" "), max_size=20)
NOT_APPLICABLE = st.just({"not_applicable": True})
CHOICES = st.sampled_from(["A", "b c", "1", "true"])
OBSERVED = st.fixed_dictionaries({
    "value": CHOICES, "observed_on": st.dates(DAY - timedelta(40), DAY + timedelta(3)).map(str),
})  # fmt: skip
FACTS = st.fixed_dictionaries(
    {},
    optional={
        "number": NUMBERS | NOT_APPLICABLE | st.none(),
        "share": st.floats(0, 1),
        "word": WORDS,
        "choice": CHOICES | OBSERVED,
        "answer": st.booleans(),
        "day": DAYS | NOT_APPLICABLE,
    },
)
ENDS = st.sampled_from(["won", "lost", "no_decision", "declined_by_us"])
CHANCES = st.floats(1e-6, 1) | st.sampled_from([0.0, 1.0])
DEALS = st.lists(st.tuples(FACTS, ENDS, CHANCES), min_size=1, max_size=6)


def logged(number, facts, outcome, chance):
    moment = datetime(2026, 1, 5, tzinfo=UTC)
    return LoggedDeal(
        deal_id=f"D-{number}", decision_id=str(number), decided_at=moment, as_of=DAY, facts=facts,
        policy="p", model="m", recommendation="go", propensity=chance, outcome=outcome,
        closed_on=DAY + timedelta(days=number + 1),
    )  # fmt: skip


@settings(max_examples=25)
@given(deals=DEALS, policy=st.sampled_from(POLICIES))
def test_the_log_and_its_file_have_the_facts_that_were_given(deals, policy):
    past = [logged(number, *one) for number, one in enumerate(deals)]
    source = logged_source(LoggedPast(deals=tuple(past)), policy)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "deals.csv"
        write_deals(source.raw.table, place)
        read = read_deals(place, policy, as_of=date(2026, 12, 1), needs_outcome=True)
    straight = deals_of(source.raw, policy, as_of=date(2026, 12, 1), needs_outcome=True)
    assert read.fingerprint == straight.fingerprint
    for row, one in enumerate(past):
        given_facts = deal_from_facts(one.facts, policy.fields, as_of=DAY).facts
        expected = dict(given_facts)
        if expected.get("number") == -1.0:  # in a file that is one of the words for unknown
            del expected["number"]
        for found in (read, straight):
            assert dict(found.table.deal(row).facts) == expected
            assert found.outcomes is not None
            assert found.propensity is not None
            assert found.outcomes[row].value == one.outcome
            assert found.propensity[row] == (one.propensity or 1.0)
