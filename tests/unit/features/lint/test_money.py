"""Economics: tables without gaps."""

import pytest


def test_a_value_nobody_asks_for_need_not_be_given(lint):
    assert lint("economics: {margin: 10}") == ()


@pytest.mark.parametrize(
    ("table", "absent"),
    [
        ("{by: health, values: {sound: 1}}", ("watch", "distressed")),
        ("{by: health, values: {sound: 1}, otherwise: 2}", ()),
        ("{by: health, values: {sound: 1, watch: 2, distressed: 3}}", ()),
        ("{by: budget, values: {true: 1}}", ("false",)),
        ("{by: region, values: {North: 1}}", ()),
    ],
)
def test_a_table_has_a_number_for_every_allowed_answer(lint, table, absent):
    found = lint(f"economics:\n  margin: 10\n  other_costs: {table}\n")
    assert [(one.code, one.where, one.about[1:]) for one in found] == (
        [("GAP_IN_TABLE", "addition.yaml:3", absent)] if absent else []
    )
