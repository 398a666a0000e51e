"""A draft says what people should look at: an export with one trap of each kind."""

from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from features.errors import DealsError
from features.lint import lint_policy
from training.intake import deals_of
from training.outcomes.outcome import Outcome
from training.policy_draft import draft_policy
from training.sources.raw_table import RawTable

DAY = date(2026, 1, 5)
N = 600


def export():
    draw = np.random.default_rng(0)
    won = draw.random(N) < 0.4
    told = np.where(draw.random(N) < 0.3, np.where(won, 2, 0), draw.integers(0, 3, N))
    level = np.array(["Low", "Mid", "High"])[told]
    budget = np.where(draw.random(N) < 0.5 + 0.3 * won, "Yes", "No")
    dead = draw.random(N) < 0.1
    won &= ~dead
    return pa.table(
        {
            "Deal ID": [f"D-{n:05}" for n in range(N)],
            "Result": np.where(won, "Won", np.where(np.arange(N) % 40 == 1, "Parked", "Lost")),
            "Interest level": level,
            "Budget?": np.where(np.arange(N) % 9 == 0, "Unknown", budget),
            "Channel": np.where(dead, "Cold call", "Referral"),
            "Amount": [str(n) for n in draw.integers(1_000, 90_000, N)],
            "Loss reason": [None if one else "Price" for one in won],
            "Invoice": ["sent" if one else None for one in won],
            "Tenant": ["one"] * N,
            "Customer": [f"Company {n % 90}" for n in range(N)],
            "Notes": [f"They said it was {n}, and a little more than that" for n in range(N)],
            "Empty": pa.nulls(N, pa.string()),
        }
    )


@pytest.fixture(scope="module")
def drafted():
    raw = RawTable(table=export(), where="deals.csv", first_line=2)
    return raw, draft_policy(raw, name="deals", title="deals", as_of=DAY, language="en")


def test_every_column_is_a_field_a_setting_or_kept_out_with_a_reason(drafted):
    raw, draft = drafted
    kept_out = {one.header: one.why.en for one in draft.kept_out}
    fields = {one.column.header for one in draft.fields}
    assert fields | set(kept_out) == set(raw.headers)
    assert not fields & set(kept_out)
    assert {"Deal ID", "Result", "Loss reason", "Invoice", "Tenant", "Empty"} == set(kept_out)
    assert all(f"# - {header}: " in draft.text for header in kept_out)


def test_what_the_fields_are(drafted):
    _, draft = drafted
    fields = draft.policy.data["fields"]
    assert fields["interest_level"]["values"] == ["Low", "Mid", "High"]
    assert fields["interest_level"]["ordered"]
    assert set(fields["budget"]["values"]) == {"Yes", "No", "Unknown"}
    assert not fields["customer"]["used_by_model"]
    assert fields["notes"]["type"] == "text"
    assert (fields["amount"]["min"], fields["amount"]["max"]) == (0, 100_000)


def test_an_outcome_in_doubt_teaches_nothing_until_somebody_says_what_it_means(drafted):
    raw, draft = drafted
    assert draft.unsure_outcomes == ("Parked",)
    assert draft.policy.data["deals"]["outcome"]["open"] == ["Parked"]
    assert "what do these words mean?" in draft.text
    deals = deals_of(raw, draft.policy, as_of=DAY, needs_outcome=True)
    assert deals.reading is not None
    assert (
        sum(deals.reading.counts[one] for one in Outcome if one.teaches) == draft.closed_deals < N
    )


def test_criteria_are_what_was_planted_and_a_word_in_doubt_is_none(drafted):
    _, draft = drafted
    points = {one.id: [(case.when, case.points) for case in one.cases] for one in
              draft.policy.criteria}  # fmt: skip
    assert {"interest_level", "budget", "channel"} <= set(points) <= {
        "interest_level", "budget", "channel", "amount"
    }  # fmt: skip
    assert "Unknown" not in str(points["budget"])
    assert all(one.direction == "free" for one in draft.policy.criteria)
    assert "'Unknown' is kept as an answer" in draft.text


def test_a_knockout_is_proposed_and_never_made(drafted):
    _, draft = drafted
    assert not draft.policy.knockouts
    assert "# - id: channel_1\n#   when: {channel: Cold call}\n#   then: no_go" in draft.text


def test_nothing_is_left_for_the_linter_to_warn_of(drafted):
    raw, draft = drafted
    table = deals_of(raw, draft.policy, as_of=DAY, needs_outcome=True).table
    found = lint_policy(draft.policy, deals=table, as_of=DAY)
    assert {one.severity for one in found} <= {"note"}


def test_a_file_without_a_question_is_refused():
    table = pa.table({"Status": ["Won", "Lost"] * 20, "Tenant": ["one"] * 40})
    raw = RawTable(table=table, where="deals.csv")
    with pytest.raises(DealsError, match="no column is left"):
        draft_policy(raw, name="deals", title="deals", as_of=DAY)


def test_a_file_without_an_outcome_asks_for_its_column():
    raw = RawTable(table=pa.table({"Colour": ["red", "blue"] * 20}), where="deals.csv")
    with pytest.raises(DealsError, match="--outcome COLUMN"):
        draft_policy(raw, name="deals", title="deals", as_of=DAY)


@pytest.mark.parametrize(("column", "won"), [("Flag", "1"), ("Word", "gagné")])
def test_an_outcome_column_may_be_named(column, won):
    table = pa.table({"Flag": ["1", "0", "0"] * 20, "Word": ["gagné", "perdu", "perdu"] * 20,
                      "Colour": ["red", "blue", "red", "green"] * 15})  # fmt: skip
    raw = RawTable(table=table, where="deals.csv")
    draft = draft_policy(raw, name="d", title="d", as_of=DAY, outcome=column)
    assert draft.policy.data["deals"]["outcome"]["won"] == [won]
    assert (draft.closed_deals, draft.won) == (60, 20)
