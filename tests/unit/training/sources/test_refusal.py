"""A refusal says where, what, and what to do."""

from training.sources.refusal import refusal


def test_a_refusal_is_one_problem_at_its_line():
    (problem,) = refusal("deals.csv", "two names", "rename one", 1).problems
    assert str(problem) == "deals.csv:1: two names\n  hint: rename one"
