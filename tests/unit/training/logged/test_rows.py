"""A row has a cell for what was known, and none for what was not; what cannot be said is told."""

from features import parse_policy
from tests.unit.training.logged.conftest import POLICY, logged
from training.logged.form import form_of_policy
from training.logged.rows import observed_headers, rows_of


def rows(policy, *deals):
    return rows_of(deals, policy, form_of_policy(policy))


def test_what_is_unknown_has_no_cell(policy):
    (row,) = rows(policy, logged(0, facts={"amount": None, "served": "?"}, propensity=0.0)).rows
    assert row == {
        "Deal": "D-0", "Decided": "2026-01-05", "Opened": "2026-01-05", "Closed": "2026-02-04",
        "End": "Won",
    }  # fmt: skip


def test_a_fact_that_a_file_takes_for_no_answer_is_unknown_and_counted():
    odd = parse_policy(POLICY.replace('unknown: ["?"]', 'unknown: ["-1", "5.0"]').encode())
    found = rows(odd, logged(0, facts={"amount": 5, "depth": -1, "region": "5", "served": True}))
    assert found.misfits == {"amount": 1, "depth": 1}
    assert "Amount of the offer" not in found.rows[0]


def test_what_does_not_apply_is_said_in_the_policy_s_word_or_counted():
    wordless = parse_policy(POLICY.replace("[n/a]", "[]").encode())
    facts = {"depth": {"not_applicable": True}, "served": True}
    assert rows(wordless, logged(0, facts=facts)).misfits == {"depth": 1}
    policy = parse_policy(POLICY.encode())
    assert rows(policy, logged(0, facts=facts)).rows[0]["depth"] == "n/a"


def test_two_answers_with_one_column_for_their_day_need_one_day():
    both = parse_policy(
        POLICY.replace(
            "served: {type: boolean}", "served: {type: boolean, observed_column: Asked on}"
        ).encode()
    )
    assert observed_headers(both) == ("Asked on",)

    def day(first, second):
        facts = {
            "need": {"value": "clear", "observed_on": first},
            "served": {"value": True, "observed_on": second},
        }
        return rows(both, logged(0, facts=facts)).rows[0].get("Asked on")

    assert day("2026-01-02", "2026-01-02") == "2026-01-02"
    assert day("2026-01-02", "2026-01-03") is None
