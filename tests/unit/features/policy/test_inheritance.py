"""A segment's file with the company's: what replaces what, and where everything stands."""

import pytest

from features import PolicyError, load_policy

BASE = """\
policy: company
title: {en: Company, fr: Entreprise}
deals: {outcome: {column: Status, won: [W], lost: [L]}, id: Deal}
fields:
  budget: {type: boolean}
  size: {type: number}
knockouts:
  - {id: no_budget, when: {budget: false}, then: no_go, reason: {en: a, fr: b}}
  - {id: small, when: {size: {below: 5}}, then: no_go, reason: {en: a, fr: b}}
decision: {go_at: {p_win: 0.4}, grades: [{grade: A, p_win: 0.5}]}
"""


@pytest.fixture
def extend(tmp_path):
    """Return what loads a file that extends the company's."""
    (tmp_path / "company.yaml").write_text(BASE, encoding="utf-8")

    def load(text, base="company.yaml"):
        file = tmp_path / "own.yaml"
        file.write_text(f"extends: {base}\n{text}", encoding="utf-8")
        return load_policy(file)

    return load


def test_what_is_not_said_again_stands(extend):
    policy = extend("")
    assert policy.name == "company"
    assert [knockout.id for knockout in policy.knockouts] == ["no_budget", "small"]


def test_a_rule_of_the_same_id_takes_the_place_of_the_other_and_a_new_one_stands_at_the_end(
    extend,
):
    policy = extend(
        "knockouts:\n"
        "  - {id: huge, when: {size: {above: 90}}, then: no_go, reason: {en: a, fr: b}}\n"
        "  - {id: no_budget, when: {budget: false, size: {above: 9}}, then: no_go,\n"
        "     reason: {en: a, fr: b}}\n"
    )
    assert [knockout.id for knockout in policy.knockouts] == ["no_budget", "small", "huge"]
    assert policy.knockouts[0].fields == {"budget", "size"}
    assert policy.place("knockouts", 0).endswith("own.yaml:4")
    assert policy.place("knockouts", 1).endswith("company.yaml:9")
    assert policy.place("knockouts", 2).endswith("own.yaml:3")


def test_entries_are_replaced_by_name_and_the_others_of_the_block_stand(extend):
    policy = extend("fields:\n  size: {type: number, max: 9}\ndecision: {go_at: {p_win: 0.9}}\n")
    assert set(policy.fields) == {"budget", "size"}
    assert getattr(policy.fields["size"], "max", None) == 9
    assert policy.decision.go_at.p_win == 0.9
    assert [grade.grade for grade in policy.decision.grades] == ["A"]


def test_a_mistake_is_told_in_the_file_in_which_it_stands(extend):
    with pytest.raises(PolicyError) as refused:
        extend("fields:\n  size: {type: numbr}\nknockouts:\n  - {id: small, when: {sise: 1}}\n")
    wheres = [problem.where for problem in refused.value.problems]
    assert all("own.yaml:" in where for where in wheres)
    assert {where.rpartition(":")[2] for where in wheres} == {"3", "5"}


def test_the_same_id_twice_in_the_addition_is_told_once(extend):
    rule = "  - {id: new, when: {size: 1}, then: no_go, reason: {en: a, fr: b}}\n"
    with pytest.raises(PolicyError) as refused:
        extend("knockouts:\n" + rule + rule)
    (problem,) = refused.value.problems
    assert problem.what == "the id 'new' is given twice"
    assert problem.where.endswith("own.yaml:4")


def test_a_file_that_is_not_there_is_told_with_the_nearest_one(extend):
    with pytest.raises(PolicyError) as refused:
        extend("", base="compny.yaml")
    problem = refused.value.problems[0]
    assert (problem.what, problem.hint) == (
        "'compny.yaml' is no file beside this one", "did you mean 'company.yaml'?",
    )  # fmt: skip


def test_a_chain_of_files_is_followed(extend, tmp_path):
    (tmp_path / "middle.yaml").write_text(
        "extends: company.yaml\npolicy: middle\nversion: '2'\n", encoding="utf-8"
    )
    policy = extend("policy: last\n", base="middle.yaml")
    assert (policy.name, policy.version) == ("last", "2")


def test_only_a_file_can_extend_another():
    from features import parse_policy

    with pytest.raises(PolicyError, match="'extends' names a file"):
        parse_policy(b"extends: company.yaml\n" + BASE.encode())
