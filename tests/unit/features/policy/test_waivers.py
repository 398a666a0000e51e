"""A waiver is what the policy allows, or every problem with it is told with a hint."""

from datetime import date

import pytest

from features import FactsError, parse_policy
from features.policy import waivers_of

GOOD = {
    "knockout": "exposure_over_limit", "by": "finance", "reason": "A guarantee has come in",
    "granted_on": "2026-01-02", "until": "2026-03-03",
}  # fmt: skip


@pytest.fixture
def waivable(policy_text):
    return parse_policy(
        policy_text.replace(
            "    when: {exposure: {above: {field: credit_limit}}}\n",
            "    when: {exposure: {above: {field: credit_limit}}}\n"
            "    waiver: {by: [finance, the board], days: 60}\n",
        ).encode()
    )


def problems(written, policy):
    with pytest.raises(FactsError) as wrong:
        waivers_of(written, policy)
    return wrong.value.problems


def test_a_good_waiver_is_read_with_its_days(waivable):
    (waiver,) = waivers_of([GOOD], waivable)
    assert (waiver.granted_on, waiver.until) == (date(2026, 1, 2), date(2026, 3, 3))  # 60 days
    assert waivers_of(None, waivable) == waivers_of([], waivable) == ()


@pytest.mark.parametrize(
    ("change", "where", "what", "hint"),
    [
        ({"knockout": "exposure_over_limits"}, "knockout", "has no knockout", "did you mean"),
        ({"knockout": "insolvent_customer"}, "knockout", "nobody may", "exposure_over_limit"),
        ({"by": "finanse"}, "by", "may not waive", "did you mean 'finance'"),
        ({"until": "2026-03-04"}, "until", "61 days are longer", "2026-03-03"),
        ({"until": "2026-01-01"}, "until", "is before", None),
        ({"until": "in May"}, "until", "is not a day", "2026-03-31"),
        ({"reason": " "}, "reason", "not a text", "words"),
        ({"reason": None}, "reason", "is missing", "granted_on"),
        ({"by": ["finance"]}, "by", "not a text", "words"),
        ({"untill": "2026-02-01"}, "untill", "no such entry", "did you mean 'until'"),
    ],
)
def test_each_problem_names_its_place_and_what_to_do(change, where, what, hint, waivable):
    (problem,) = problems([GOOD, GOOD | change], waivable)
    assert problem.where == f"waivers[1].{where}"
    assert what in problem.what
    assert (problem.hint is None) if hint is None else (hint in problem.hint)


def test_all_problems_are_told_in_one_pass(waivable):
    found = problems([{"by": "me"}, 3, GOOD | {"by": "me", "until": "2027-01-01"}], waivable)
    assert [problem.where for problem in found] == [
        "waivers[0].knockout", "waivers[0].reason", "waivers[0].granted_on", "waivers[0].until",
        "waivers[1]", "waivers[2].by", "waivers[2].until",
    ]  # fmt: skip


@pytest.mark.parametrize("written", [{}, "x", 3, [GOOD] * 101])
def test_what_is_not_a_list_of_some_waivers_is_one_problem(written, waivable):
    assert len(problems(written, waivable)) == 1


def test_a_policy_where_nobody_may_waive_says_so(policy):
    (problem,) = problems([GOOD], policy)
    assert problem.hint == "none may be"
