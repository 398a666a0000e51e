"""What a file says of past pursuits: names, people, hours, chances."""

from datetime import date

import numpy as np
import pytest

from features.errors import DealsError
from training.intake import read_deals

HEADER = "authority,Status,Deal,Hours,Owner,Unit,Chance\n"
BLOCK = (
    "deals:\n  name: Deal\n  hours_spent: Hours\n  seller: Owner\n  team: Unit\n"
    "  propensity: Chance\n"
)


@pytest.fixture
def read(tmp_path, policy_text):
    from features import parse_policy

    def read(rows):
        rules = parse_policy(policy_text.replace("deals:\n", BLOCK, 1).encode())
        path = tmp_path / "deals.csv"
        path.write_text(HEADER + rows, encoding="utf-8")
        return read_deals(path, rules, as_of=date(2026, 1, 5), needs_outcome=False)

    return read


def test_they_are_read_and_what_is_blank_is_unknown(read):
    found = read("High,Won,Big pump,12.5,Ann,North,0.1\nLow,Lost,,,,,\n")
    assert found.names.tolist() == ["Big pump", None]
    assert found.sellers.tolist() == ["Ann", None]
    assert found.teams.tolist() == ["North", None]
    assert found.hours_spent[0] == 12.5
    assert np.isnan(found.hours_spent[1])
    assert found.propensity.tolist() == [0.1, 1.0]
    assert found.take(np.array([1])).propensity.tolist() == [1.0]


def test_what_cannot_be_is_told_with_its_line(read):
    with pytest.raises(DealsError) as refused:
        read("High,Won,a,-3,Ann,North,1.5\nLow,Lost,b,2,Ann,North,0\n")
    told = [problem.what for problem in refused.value.problems]
    assert any("'Hours'" in what for what in told)
    assert any("'Chance'" in what for what in told)


def test_without_such_columns_there_is_nothing(tmp_path, policy):
    path = tmp_path / "deals.csv"
    path.write_text("Status,authority\nWon,High\n", encoding="utf-8")
    found = read_deals(path, policy, as_of=date(2026, 1, 5), needs_outcome=False)
    assert (found.names, found.sellers, found.teams) == (None, None, None)
    assert (found.hours_spent, found.propensity) == (None, None)
