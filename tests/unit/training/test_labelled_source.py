"""What certainly gives the outcome away stops training, unless the policy says why it stays."""

from datetime import date

import pytest

from features.errors import DealsError
from features.policy import parse_policy
from training.intake import read_deals
from training.labelled_source import labelled_source, stop_for_leaks
from training.sources.location import read_source

POLICY = """
policy: leaky
title: {en: a, fr: b}
deals:
  id: Id
  outcome: {column: Status, won: [Won], lost: [Lost], open: [Open]}
  keep: KEEP
fields:
  size: {type: number, column: Size}
  final: {type: number, column: Final value, used_by_model: USED}
  verdict: {type: category, column: Verdict}
decision: {go_at: {p_win: 0.3}}
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """Return deals whose final value is zero when lost, and whose verdict says the outcome."""
    lines = ["Id,Status,Size,Final value,Verdict"]
    for n in range(400):
        won = n * 7919 % 5 < 2
        ended = "Won,{0},{1},good" if won else "Lost,{0},0,bad"
        ended = "Open,{0},," if n % 10 == 0 else ended
        lines.append(f"D{n}," + ended.format(100 + n * 37 % 90, 1000 + n * 13 % 700))
    path = tmp_path_factory.mktemp("leaky") / "deals.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def stopped_by(file, keep="{}", used="true"):
    policy = parse_policy(POLICY.replace("KEEP", keep).replace("USED", used).encode())
    on_file = read_deals(file, policy, as_of=date(2026, 1, 1), needs_outcome=True)
    try:
        stop_for_leaks(on_file, policy)
    except DealsError as error:
        return {one.what.split("'")[1] for one in error.problems if "keep: {" in str(one.hint)}
    return set()


def test_every_certain_leak_is_told_at_once_with_what_to_do(file):
    assert stopped_by(file) == {"Final value", "Verdict"}


def test_a_reason_in_the_policy_lets_a_column_pass_and_a_blank_one_does_not(file):
    assert stopped_by(file, '{Verdict: "known before"}') == {"Final value"}
    assert stopped_by(file, '{Verdict: "known before", Final value: " "}') == {"Final value"}


def test_what_the_model_does_not_see_stops_nothing(file):
    assert stopped_by(file, '{Verdict: "known before"}', used="false") == set()


def test_without_a_policy_the_outcome_is_found_and_every_column_looked_at(file):
    deals, source = labelled_source(read_source(file))
    assert source.outcome_column == "Status"
    assert (source.declared, source.excused) == (None, {})
    assert set(deals.frame.columns) == {"Id", "Size", "Final value", "Verdict"}
    assert (deals.outcome == "open").sum() == 40


def test_an_outcome_column_that_is_not_there_is_told_with_the_nearest(file):
    with pytest.raises(DealsError, match="did you mean 'Status'"):
        labelled_source(read_source(file), outcome="Statsu")
