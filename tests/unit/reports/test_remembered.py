"""What was worked out once for a policy is not worked out again, nor for another policy."""

from dataclasses import replace

import pytest

from reports import remembered as module
from reports.remembered import remembered


@pytest.fixture
def working():
    calls = []

    @remembered
    def work(policy, name, n):
        calls.append((policy.name, name, n))
        return f"{policy.name} {name} {n}"

    return work, calls


def test_the_same_is_worked_out_once_for_each_policy(policy, working):
    work, calls = working
    another = replace(policy, name="another")
    told = [work(one, "a", 1) for one in (policy, policy, another)]
    assert told == [f"{policy.name} a 1", f"{policy.name} a 1", "another a 1"]
    assert calls == [(policy.name, "a", 1), ("another", "a", 1)]


def test_two_functions_do_not_take_each_others_answers(policy, working):
    work, _ = working

    @remembered
    def other(policy, name, n):
        return "other"

    assert (work(policy, "a", 1), other(policy, "a", 1)) == (f"{policy.name} a 1", "other")


def test_a_policy_remembers_no_more_than_it_may(policy, working, monkeypatch):
    work, calls = working
    small = replace(policy, name="small")
    monkeypatch.setattr(module, "MOST", 2)
    for n in (1, 2, 3, 3, 1):
        assert work(small, "a", n) == f"small a {n}"
    assert [n for *_, n in calls] == [1, 2, 3, 3]
