import numpy as np
import pyarrow as pa
import pytest

from features.errors import DealsError
from training.outcomes.outcome import Outcome
from training.outcomes.rule import word_rule
from training.outcomes.search import find_outcome, outcome_candidates, restating_columns
from training.sources.raw_table import RawTable


def raw_of(columns):
    return RawTable(table=pa.table(columns), where="deals.csv", first_line=2)


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Converted", ["0", "1", "0", "1"]),
        ("Converted", [0, 1, 0, 1]),
        ("Opportunity Result", ["Loss", "Won", "Loss", "Won"]),
        ("Status", ["Lost", "Won", "Lost", "Won"]),
        ("deal_stage", ["Lost", "Won", "Engaging", "Prospecting"]),
        ("Issue", ["Perdue", "Gagnée", "Sans suite", "En cours"]),
        ("Résultat", ["perdu", "gagné", None, "perdu"]),
        ("Où en est-on", ["Perdue", "Gagnée", "Gagnée", "Perdue"]),
        ("Is Won", ["no", "yes", "no", "yes"]),
        ("Gagnée ?", ["Non", "Oui", "Non", "Oui"]),
    ],
)
def test_the_outcome_is_found_among_other_columns(header, values):
    raw = raw_of(
        {
            "Id": [str(n) for n in range(4)],
            "RFI": ["Yes", "No", "No", "Yes"],
            "Client": ["New", "Past", "Current", "New"],
            header: values,
            "Amount": [1.0, 0.0, 1.0, 0.0],
        }
    )
    assert find_outcome(raw).columns == (header,)


def test_won_and_closed_go_together():
    raw = raw_of({"Closed": ["1", "1", "0"], "Won": ["1", "0", "0"]})
    assert find_outcome(raw).columns == ("Won", "Closed")


def test_a_column_that_repeats_the_outcome_is_no_rival():
    raw = raw_of({"Status": ["Won", "Lost", "Open"], "Result": ["Won", "Lost", None]})
    assert len(outcome_candidates(raw)) == 2
    assert find_outcome(raw).columns[0] in {"Status", "Result"}


def test_columns_that_contradict_each_other_are_a_question():
    raw = raw_of({"Status": ["Won", "Lost", "Won"], "Result": ["Lost", "Won", "Won"]})
    with pytest.raises(DealsError, match="disagree") as error:
        find_outcome(raw)
    told = error.value.problems[0].what
    assert "'Status' (2 won, 1 lost)" in told
    assert "'Result' (2 won, 1 lost)" in told


def test_a_clearly_better_column_wins_over_one_that_contradicts_it():
    raw = raw_of(
        {"Last year": ["Lost", "Won", "None", "None"], "Outcome": ["Won", "Lost", "Won", "Lost"]}
    )
    assert find_outcome(raw).columns == ("Outcome",)


@pytest.mark.parametrize(
    "columns",
    [
        {"Status": ["Won", "Won"]},
        {"RFP": ["Yes", "No"]},
        {"Converted": ["1", "1"]},
        {"Converted": ["1", "2"]},
        {"dealstage": ["closedwon", "closedlost"]},
        {"Notes": ["Won", "Lost", *[f"text {n}" for n in range(20)]]},
        {"Status": []},
    ],
)
def test_nothing_is_guessed(columns):
    with pytest.raises(DealsError, match="no column says"):
        find_outcome(raw_of(columns))


def test_columns_that_say_the_same_are_named():
    columns = {
        "Status": ["Won", "Lost", "Open"],
        "Issue": ["Gagnée", "Perdue", None],
        "Converted": ["1", "0", "0"],
        "Result": ["Lost", "Won", None],
        "RFP": ["Yes", "No", "No"],
    }
    outcomes = np.array([Outcome.WON, Outcome.LOST, Outcome.OPEN], dtype=object)
    found = restating_columns(raw_of(columns), outcomes, word_rule("Status"))
    assert set(found) == {"Issue", "Converted"}
