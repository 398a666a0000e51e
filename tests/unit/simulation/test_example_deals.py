"""The committed deals of the examples are those that the command writes, and are worth a look."""

from pathlib import Path

import pytest

from simulation import example_names, write_example
from simulation.example_deals import example_deals
from simulation.recipes import RECIPES

EXAMPLES = Path(__file__).parents[3] / "examples"
LARGEST_FILE = 60_000


@pytest.mark.parametrize("name", example_names())
def test_the_committed_file_is_what_the_command_writes(name, tmp_path):
    write_example(name, tmp_path / "deals.csv")
    committed = (EXAMPLES / name / "deals.csv").read_bytes()
    assert (tmp_path / "deals.csv").read_bytes() == committed
    assert len(committed) < LARGEST_FILE


@pytest.mark.parametrize("name", example_names())
def test_deals_have_ids_of_their_own_and_all_five_outcomes(name):
    recipe, deals = RECIPES[name], example_deals(name)
    ledger = recipe.ledger
    assert len(deals) == recipe.n_deals + len(recipe.told)
    assert deals[ledger.id].is_unique
    assert set(deals[ledger.outcome]) == set(ledger.words)
    open_word = ledger.words[-1]
    is_open = deals[ledger.outcome] == open_word
    assert (deals[ledger.closed_on][is_open] == "").all()
    assert (deals[ledger.closed_on][~is_open] > deals[ledger.as_of][~is_open]).all()


@pytest.mark.parametrize("name", example_names())
def test_what_is_told_by_hand_names_columns_that_exist(name):
    columns = set(example_deals(name).columns)
    for told in RECIPES[name].told:
        assert set(told) <= columns
    assert set(RECIPES[name].blanks) <= columns
