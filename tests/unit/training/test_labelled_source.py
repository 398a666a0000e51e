"""A source with its outcomes, for the alarm: what stops a training, and what lets it pass."""

from datetime import date

import numpy as np
import pytest

from features import DealsError, parse_policy
from training.data_report import data_report
from training.intake import read_deals
from training.labelled_source import labelled_source, stop_for_leaks
from training.sources.location import read_source

DAY = date(2027, 1, 5)
POLICY = """
policy: shop
title: {en: Shop, fr: Boutique}
deals: {DEALS}
fields:
  amount: {type: number, column: Amount}
  need: {type: category, column: Need}
  score: {type: number, column: Score}
  tags: {type: category, column: Tags}
  note: {type: category, column: Note, used_by_model: false}
decision: {go_at: {p_win: 0.5}}
"""
PLAIN = (
    "id: Id, created_on: Created, closed_on: Closed, "
    "outcome: {column: Result, won: [Won], lost: [Lost], open: [Open]}"
)


def policy_of(keep="", deals=PLAIN):
    more = f", keep: {{{keep}}}" if keep else ""
    return parse_policy(POLICY.replace("DEALS", deals + more).encode())


def deals_csv(n=400, seed=0):
    rng = np.random.default_rng(seed)
    won = rng.random(n) < 0.5
    created = np.datetime64("2025-01-01") + rng.integers(0, 300, n)
    closed = created + rng.integers(20, 90, n)
    lines = ["Id,Result,Created,Closed,Amount,Need,Score,Tags,Note,Probability"]
    for i in range(n):
        score, tag = (rng.integers(60, 99), "will buy") if won[i] else (rng.integers(1, 40), "no")
        result = "Won" if won[i] else "Lost"
        lines.append(
            f"D{i},{result},{created[i]},{closed[i]},{rng.integers(1, 999)},"
            f"{rng.choice(['a', 'b'])},{score},{tag},{tag},{100 if won[i] else 0}"
        )
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def leaky(tmp_path_factory):
    file = tmp_path_factory.mktemp("leaky") / "deals.csv"
    file.write_text(deals_csv(), encoding="utf-8")
    return file


def stop(file, policy):
    stop_for_leaks(read_deals(file, policy, as_of=DAY, needs_outcome=True), policy)


def test_certain_leaks_stop_training_all_at_once_with_their_remedies(leaky):
    with pytest.raises(DealsError) as refused:
        stop(leaky, policy_of())
    told = {problem.what.split("'")[1] for problem in refused.value.problems}
    assert told == {"Score", "Tags"}  # the note is not for the model, nobody declared the rest
    assert all("keep: {" in str(problem.hint) for problem in refused.value.problems)


def test_a_reason_lets_a_column_pass_and_an_empty_one_does_not(leaky):
    stop(leaky, policy_of('Score: "from the first call", Tags: "set on entry"'))
    with pytest.raises(DealsError) as refused:
        stop(leaky, policy_of('Score: "from the first call", Tags: " "'))
    assert ["'Tags'" in problem.what for problem in refused.value.problems] == [True]


def test_to_score_nothing_stops(leaky):
    policy = policy_of()
    stop_for_leaks(read_deals(leaky, policy, as_of=DAY, needs_outcome=False), policy)


def test_the_report_says_what_the_policy_declares_and_excuses(leaky):
    deals, source = labelled_source(read_source(leaky), policy_of('Score: "asked"'))
    assert (source.outcome_column, source.opening_column) == ("Result", "Created")
    assert source.closing_columns == ("Closed",)
    assert source.declared == frozenset({"Amount", "Need", "Score", "Tags", "Note"})
    report = data_report(deals, source)
    uses = {one.column: one for one in report.columns}
    assert uses["Score"].used
    assert str(uses["Tags"].reason) == "leak"
    assert str(uses["Probability"].reason) == "undeclared"


def test_a_column_that_is_not_there_is_told_at_once(leaky):
    policy = policy_of(
        deals="{id: Id}".strip("{}") + ", preset: salesforce, columns: {amount: No}"
    )
    with pytest.raises(DealsError):
        labelled_source(read_source(leaky), policy)


def test_open_deals_have_no_closing_day(tmp_path):
    ends = ("Won", "Lost", "Open")
    rows = "".join(
        f"D{i},{ends[i % 3]},2025-01-0{1 + i % 9},2025-0{1 + i % 9}-11,1,a,1,a,a\n"
        for i in range(60)
    )
    file = tmp_path / "deals.csv"
    file.write_text("Id,Result,Created,Closed,Amount,Need,Score,Tags,Note\n" + rows)
    deals, _ = labelled_source(read_source(file), policy_of())
    assert deals.closed_on is not None
    assert np.isnat(deals.closed_on[deals.open]).all()
    assert not np.isnat(deals.closed_on[~deals.open]).any()


SALESFORCE = (
    "Id,StageName,IsClosed,IsWon,CloseDate,CreatedDate,Amount,Need\n"
    + "".join(
        f"0060000000000{i:02},Talks,{i % 3 != 2},{i % 3 == 0},2025-0{1 + i % 6}-15,2025-01-01,"
        f"{i},a\n"
        for i in range(60)
    )
    + "006000000000099,Talks,true,true,2025-12-15,2025-01-01,1,a\n"
)


def test_ends_that_nobody_recorded_are_part_of_the_report(tmp_path):
    file = tmp_path / "salesforce.csv"
    file.write_text(SALESFORCE, encoding="utf-8")
    report = data_report(*labelled_source(read_source(file)))
    assert report.unrecorded is not None
    assert report.unrecorded.deals == report.outcomes["open"] == 20
    assert report.unrecorded.due == 60
    assert sum(month.deals for month in report.unrecorded.months) == 60


def test_a_column_as_it_was_known_is_not_stopped_by_the_list_of_the_preset(tmp_path):
    file = tmp_path / "deals.csv"
    file.write_text(SALESFORCE.replace("Amount", "ForecastCategory"), encoding="utf-8")
    history = "Id,OpportunityId,Field,OldValue,NewValue,CreatedDate\n"
    history += "1,006000000000000,ForecastCategory,7,0,2025-03-01T00:00:00Z\n"
    (tmp_path / "history.csv").write_text(history, encoding="utf-8")
    text = """
policy: shop
title: {en: Shop, fr: Boutique}
deals: {preset: salesforceHISTORY}
fields:
  forecast: {type: category, column: ForecastCategory}
  need: {type: category, column: Need}
decision: {go_at: {p_win: 0.5}}
"""
    with pytest.raises(DealsError, match="'ForecastCategory' gives the outcome away"):
        stop(file, parse_policy(text.replace("HISTORY", "").encode()))
    stop(file, parse_policy(text.replace("HISTORY", ", history: {file: history.csv}").encode()))
