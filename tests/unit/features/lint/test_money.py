"""Economics: an expected value that is asked for and can never be known."""

import pytest

ASKED = "decision:\n  go_at:\n    p_win: 0.3\n    points: 20\n    expected_value: 0\n"


def economics(**numbers):
    return "economics:\n" + "".join(f"  {name}: {value}\n" for name, value in numbers.items())


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [
        ({"margin": 10}, ("remaining_hours",)),
        ({"margin": 10, "remaining_hours": 5}, ("cost_per_hour",)),
        ({"other_costs": 10}, ("margin",)),
        ({"margin": 10, "other_costs": 5}, ()),
        ({"margin_rate": 0.2, "revenue": 9, "other_costs": 5}, ()),
        ({"margin": 10, "other_costs": 5, "exposure": 3},
         ("default_probability", "loss_given_default")),
        ({"margin": 10, "other_costs": 5, "discount_rate_per_year": 0.1}, ("months_to_close",)),
    ],
    ids=str,
)  # fmt: skip
def test_the_missing_numbers_are_named_at_the_threshold(lint, numbers, missing):
    found = [one for one in lint(economics(**numbers) + ASKED) if one.code == "VALUE_NEVER_KNOWN"]
    assert [one.about for one in found] == ([missing] if missing else [])
    for one in found:
        assert one.path == ("decision", "go_at", "expected_value")
        assert missing[0] in one.what.fr


def test_a_value_nobody_asks_for_need_not_be_given(lint):
    assert lint("economics: {margin: 10}") == ()


def test_half_of_a_product_is_found_without_a_threshold_too(lint):
    (found,) = lint(economics(margin=10, cost_per_contact=3))
    assert (found.code, found.where, found.about) == (
        "INCOMPLETE_ECONOMICS", "addition.yaml:1", ("remaining_contacts",),
    )  # fmt: skip


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
