"""Laws of the criteria that a model sees: their points, and what they do to a better field."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise, product
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from features import DealTable, Policy
from features.columns import NumericColumn
from features.matrix_column import criterion_column
from features.policy import Criterion
from features.policy.criterion_columns import modelled_criteria, with_criteria
from models.scorecard import CriterionState, judge_criteria
from tests.property import strategies as made
from tests.property.worlds import World, criteria_of, worlds

half = settings(max_examples=settings().max_examples // 2)
quickly = settings(phases=[Phase.generate])
Modelled = Callable[[Policy], tuple[Criterion, ...]]


def columns_of(policy: Policy, table: DealTable) -> dict[str, list[float]]:
    wide = with_criteria(table, policy.criteria)
    found = {c.id: wide.columns[criterion_column(c.id)] for c in policy.criteria}
    return {k: v.values.tolist() for k, v in found.items() if isinstance(v, NumericColumn)}


def check_points(columns: Callable[[Policy, DealTable], dict[str, list[float]]]) -> None:
    """Check that a column holds what each deal earns, or where undecided what the file says."""

    @given(worlds())
    @half
    def law(world: World) -> None:
        policy = made.load(world.policy)
        found = columns(policy, DealTable.of(world.deals, policy.fields))
        for row, deal in enumerate(world.deals):
            for verdict in judge_criteria(policy, deal):
                points = found[verdict.criterion.id][row]
                if verdict.state is not CriterionState.TO_COMPLETE:
                    assert points == verdict.points
                elif verdict.criterion.if_unknown is None:
                    assert np.isnan(points)
                else:
                    assert points == verdict.criterion.if_unknown

    law()


def test_a_column_holds_the_points_of_each_deal():
    check_points(columns_of)
    with patch("features.table.DEALS_AT_ONCE", 3):
        check_points(columns_of)


def test_the_law_catches_a_column_that_reads_unknown_as_not_met():
    def careless(policy: Policy, table: DealTable) -> dict[str, list[float]]:
        rest = {c.id: c.otherwise for c in policy.criteria}
        return {
            name: [rest[name] if np.isnan(one) else one for one in points]
            for name, points in columns_of(policy, table).items()
        }

    with pytest.raises(AssertionError):
        check_points(careless)


RISING = {"n1": made.NUMBERS, "b1": (False, True), "o1": made.RANKS}
"""What the fields of these laws may hold, from the lowest to the highest."""


@st.composite
def ways_and_criteria(draw: st.DrawFn) -> tuple[dict[str, str], Policy]:
    """Return fields with a better way, and a policy with criteria on them."""
    ways = {name: draw(st.sampled_from(["higher", "lower"])) for name in ("n1", "b1", "o1")}
    fields = tuple(sorted(RISING))
    criteria = draw(st.lists(criteria_of(fields, 2), min_size=1, max_size=3))
    data = made.policy_data(
        fields,
        criteria=[{"id": f"c{n}", "label": made.TEXT, **rule} for n, rule in enumerate(criteria)],
        knockouts=[],
    )
    data["fields"] = {name: {**made.FIELDS[name], "better": way} for name, way in ways.items()}
    return ways, made.load(data)


def check_better(modelled: Modelled, effort: settings) -> None:
    """Check on all deals there are that no criterion costs points as a field gets better."""

    @given(ways_and_criteria())
    @effort
    def law(case: tuple[dict[str, str], Policy]) -> None:
        ways, policy = case
        criteria = modelled(policy)
        deals = [made.deal(dict(zip(RISING, facts, strict=True)))
                 for facts in product(*RISING.values())]  # fmt: skip
        wide = with_criteria(DealTable.of(deals, policy.fields), criteria)
        place = {facts: row for row, facts in enumerate(product(*RISING.values()))}
        for criterion in criteria:
            column = wide.columns[criterion_column(criterion.id)]
            assert isinstance(column, NumericColumn)
            for axis, (name, answers) in enumerate(RISING.items()):
                sign = 1 if ways[name] == "higher" else -1
                for facts in place:
                    for low, high in pairwise(answers):
                        one, other = ((*facts[:axis], v, *facts[axis + 1 :]) for v in (low, high))
                        rise = column.values[place[other]] - column.values[place[one]]
                        assert rise * sign >= 0

    law()


def test_no_criterion_that_the_model_sees_costs_points_as_a_field_gets_better():
    check_better(modelled_criteria, settings(max_examples=150))


def test_the_law_fails_when_every_criterion_is_let_in():
    with pytest.raises(AssertionError):
        check_better(lambda policy: policy.criteria, quickly)


@given(ways_and_criteria())
@settings(max_examples=60)
def test_the_order_of_a_policys_criteria_does_not_matter(case):
    _, policy = case
    turned = replace(policy, criteria=policy.criteria[::-1])
    assert modelled_criteria(turned) == modelled_criteria(policy)[::-1]
