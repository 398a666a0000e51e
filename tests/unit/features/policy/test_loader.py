"""From the policy file to a policy: every mistake at once, each at its line, with a hint."""

import time
from pathlib import Path

import pytest

from features import PolicyError, Problem, load_policy, parse_policy
from features.facts import means_unknown
from features.policy.knockouts import KnockoutText

EXAMPLES = sorted((Path(__file__).parents[4] / "examples").glob("*/policy.yaml"))

QUICKLY = 5.0
"""Seconds; what is refused is refused in a fraction of this, but the machine may be busy."""

TEN_MISTAKES = """\
policy: Ten mistakes
title: {en: "Only in English"}
deals: {outcome: {column: Status, won: [Won], lost: [Lost]}}
fields:
  budget: {type: booleen}
  amount: {type: number}
  authority: {type: category, values: [Low, High]}
  authority: {type: boolean}
criteria:
  - id: decision_maker
    when: {authorty: High}
    points: 20
    label: {en: a, fr: b}
  - id: decision_maker
    when: {authority: Hihg}
    points: 5000
    label: {en: a, fr: b}
knockouts:
  - id: too_large
    # a comment between, to move the lines
    when:
      amount: {abov: 3}
    then: no_go
    reason: {en: a, fr: b}
decision: {go_at: {p_win: 1.5}}
"""


def problems_of(text: str | bytes) -> tuple[Problem, ...]:
    content = text.encode() if isinstance(text, str) else text
    begin = time.perf_counter()
    with pytest.raises(PolicyError) as caught:
        parse_policy(content, "p.yaml")
    assert time.perf_counter() - begin < QUICKLY
    return caught.value.problems


def told(text: str) -> list[tuple[str, str]]:
    return [(p.where.removeprefix("p.yaml:"), p.what) for p in problems_of(text)]


def line_of(text: str, part: str) -> str:
    return str(text[: text.index(part)].count("\n") + 1)


def replaced(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


def test_a_policy_with_ten_mistakes_reports_all_ten_each_at_its_line():
    expected: list[tuple[int, str, str | None]] = [
        (1, "'Ten mistakes' is not a name", "small letters, digits and _, like budget_known"),
        (2, "'fr' is missing", "every text is given in English (en) and in French (fr)"),
        (5, "there is no type 'booleen'", "did you mean 'boolean'?"),
        (8, "'authority' is given twice", "first on line 7; keep one of them"),
        (11, "the policy has no field 'authorty'", "did you mean 'authority'?"),
        (14, "the id 'decision_maker' is given twice",
         "first on line 10; reasons are found by their id"),
        (15, "'Hihg' is not an allowed value", "did you mean 'High'?"),
        (16, "'points' is too large", "at most 1000"),
        (22, "there is no test 'abov'", "did you mean 'above'?"),
        (25, "'p_win' is too large", "at most 1"),
    ]  # fmt: skip
    problems = problems_of(TEN_MISTAKES)
    assert [(p.where, p.what, p.hint) for p in problems] == [
        (f"p.yaml:{line}", what, hint) for line, what, hint in expected
    ]


def test_the_message_shows_file_and_line_of_every_problem():
    with pytest.raises(PolicyError) as caught:
        parse_policy(TEN_MISTAKES.encode(), "dir/policy.yaml")
    message = str(caught.value)
    assert message.startswith("dir/policy.yaml:1: ")
    assert message.count("dir/policy.yaml:") == 10
    assert message.count("\n  hint: ") == 10


def test_the_small_policy_is_read_as_it_is_written(policy, policy_text):
    assert policy.name == "small_example"
    assert policy.title.fr == "Un petit exemple"
    assert policy.text == policy_text
    assert list(policy.fields) == sorted(policy.fields)
    assert [criterion.points for criterion in policy.criteria] == [20, 10, -15]
    assert [(k.id, k.on_unknown) for k in policy.knockouts] == [
        ("insolvent_customer", "no_go"),
        ("exposure_over_limit", "find_out"),
        ("no_budget_no_authority", "ignore"),
        ("large_without_referral", "find_out"),
    ]
    assert policy.knockouts[0].owner == "credit control"
    assert (policy.decision.go_at.p_win, policy.decision.go_at.points) == (0.3, 10)


def test_words_for_unknown_of_the_whole_file_count_for_every_field(policy):
    assert all(means_unknown("Unknown", field) for field in policy.fields.values())
    assert policy.fields["source"].unknown == ("To ask", "Unknown")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_every_example_policy_can_be_used(path):
    policy = load_policy(path)
    assert policy.criteria
    assert policy.knockouts
    assert policy.text == path.read_text(encoding="utf-8")


def test_there_are_examples():
    assert EXAMPLES


def test_a_policy_is_loaded_from_its_file_and_mistakes_name_the_file(tmp_path, policy_text):
    path = tmp_path / "policy.yaml"
    path.write_text(policy_text, encoding="utf-8")
    assert load_policy(path).name == "small_example"
    path.write_text(policy_text + "extra: 1\n", encoding="utf-8")
    with pytest.raises(PolicyError) as caught:
        load_policy(path)
    assert caught.value.problems[0].where == f"{path}:{policy_text.count(chr(10)) + 1}"


def test_a_file_that_is_not_there_or_is_a_folder_is_told_by_its_path(tmp_path):
    for path in (tmp_path / "missing.yaml", tmp_path):
        with pytest.raises(PolicyError) as caught:
            load_policy(path)
        (problem,) = caught.value.problems
        assert problem.where == str(path)
        assert problem.what.startswith("cannot be read: ")


@pytest.mark.parametrize("content", [b"", b"\n# nothing\n", b"- a\n- b\n", b"just words", b"42"])
def test_a_file_that_is_not_a_mapping_is_told_how_to_begin(content):
    (problem,) = problems_of(content)
    assert problem.what == "a policy is a mapping"
    assert problem.hint == "start with 'policy: a_name'"


def test_an_empty_mapping_is_told_every_part_that_is_missing():
    problems = problems_of("{}")
    missing = ("policy", "title", "deals", "fields", "decision")
    assert {p.what for p in problems} == {f"'{name}' is missing" for name in missing}
    assert [p.hint for p in problems if "decision" in p.what] == [
        "decision: {go_at: {p_win: 0.4}}"
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"policy: a\x00b\n",
        "titre: Procédure\n".encode("cp1252"),
        "titre: Procédure\n".encode("latin-1"),
        "policy: a\n".encode("utf-16"),
        b"policy:\n\tname: a\n",
        b"policy: &a [*a]\n",
        b"policy: !!python/object:os.system {}\n",
        b"policy: a\n---\npolicy: b\n",
        b"policy: " + b"x" * 2_000_000,
        b"[" * 10_000,
        b"{a: " * 10_000 + b"1" + b"}" * 10_000,
        b"- " * 10_000,
        b"policy: {" + b"not: {" * 10_000,
        b'policy: "\\UFFFFFFFF"\n',
        b'policy: "\\uD800"\n',
        b'title: {"\\uD800": 1}\n',
        b"%YAML 1." + b"1" * 5000 + b"\n---\npolicy: a\n",
    ],
)
def test_what_is_not_a_policy_is_refused_quickly_in_words_that_can_be_printed(content):
    problems = problems_of(content)
    assert problems
    for problem in problems:
        assert problem.what.isprintable()
        assert problem.where.startswith("p.yaml")


def test_conditions_nested_too_deep_are_refused_at_their_line(policy_text):
    deep = "{not: " * 300 + "{insolvency: true}" + "}" * 300
    text = replaced(policy_text, "{insolvency: true}", deep)
    problems = problems_of(text)
    assert {p.where for p in problems} == {f"p.yaml:{line_of(text, deep)}"}
    assert problems[0].what == "nested deeper than 40 levels"


def test_a_thousand_problems_are_told_quickly(policy_text):
    more = "".join(f"extra_{n}: 1\n" for n in range(1000))
    assert len(problems_of(policy_text + more)) == 1000


def test_a_condition_on_a_field_that_is_itself_broken_is_not_blamed_for_it(policy_text):
    text = replaced(policy_text, "insolvency: {type: boolean,", "insolvency: {type: booleen,")
    (problem,) = problems_of(text)
    assert problem.what == "there is no type 'booleen'"


def test_a_word_of_conditions_cannot_be_a_field(policy_text):
    for word in ("any", "all", "not", "as_of"):
        text = replaced(policy_text, "fields:\n", f"fields:\n  {word}: {{type: number}}\n")
        line = line_of(text, f"  {word}: {{type")
        assert told(text) == [(line, f"'{word}' is a word that means something else here")]


def test_an_id_is_given_once_among_criteria_and_knockouts_together(policy_text):
    text = replaced(policy_text, "- id: insolvent_customer", "- id: very_large")
    (problem,) = problems_of(text)
    assert problem.what == "the id 'very_large' is given twice"
    assert problem.hint is not None
    assert f"line {line_of(text, 'id: very_large')}" in problem.hint


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("knockouts:", "knokouts:", "did you mean 'knockouts'?"),
        ("owner: credit", "ownr: credit", "did you mean 'owner'?"),
        ("amount: {type: number, unit:", "amount: {type: number, unti:", "did you mean 'unit'?"),
        ("max: 5000000", "mxa: 5000000", "did you mean 'max'?"),
        ("values: [Low", "valeus: [Low", "did you mean 'values'?"),
        ("unknown: [To ask]", "unknwon: [To ask]", "did you mean 'unknown'?"),
        ("p_win: 0.3", "pwin: 0.3", "did you mean 'p_win'?"),
        ("won: [Won]", "wno: [Won]", "did you mean 'won'?"),
    ],
)
def test_a_misspelt_setting_is_told_the_nearest_that_belongs_there(policy_text, old, new, hint):
    text = replaced(policy_text, old, new)
    problems = [p for p in problems_of(text) if "there is no setting" in p.what]
    assert [(p.where, p.hint) for p in problems] == [(f"p.yaml:{line_of(text, new)}", hint)]


@pytest.mark.parametrize("setting", ["points", "label", "zzz", "won", "go_at"])
def test_a_setting_that_belongs_elsewhere_is_never_hinted_as_itself(policy_text, setting):
    text = replaced(policy_text, "    owner: credit", f"    {setting}: 1\n    owner: credit")
    (problem,) = problems_of(text)
    assert problem.what == f"there is no setting '{setting}' here"
    assert problem.hint is not None
    names = problem.hint.removeprefix("did you mean '").removesuffix("'?")
    offered = names.removeprefix("one of: ").partition(" and ")[0].split(", ")
    assert set(offered) <= set(KnockoutText.model_fields)


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        ("nogo", 1),
        ("[no_go]", 1),
        ("{conditional_go: {en: a}}", 1),
        ("{conditional_go: a}", 1),
    ],
)
def test_a_wrong_then_is_one_mistake_and_told_once(policy_text, then, expected):
    text = policy_text.replace("then: no_go", f"then: {then}", 1)
    line = line_of(text, f"then: {then}")
    assert [where for where, _ in told(text)] == [line] * expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    points: 20", "    points: 20\n    then: no_go"),
        ("go_at: {p_win: 0.3", "then: no_go, go_at: {p_win: 0.3"),
        ("  outcome:", "  then: 1\n  outcome:"),
        ("fields:\n", "fields:\n  then: {type: number, better: sideways}\n"),
        ("fields:\n", "fields:\n  then: 5\n"),
    ],
)
def test_the_word_then_is_told_wherever_it_does_not_belong(policy_text, old, new):
    text = policy_text.replace(old, new, 1)
    (problem,) = problems_of(text)
    place = text.index(new) + new.index("then: ")
    assert problem.where == f"p.yaml:{line_of(text, text[place:])}"


def test_values_that_are_not_texts_are_one_mistake_each(policy_text):
    text = replaced(policy_text, "values: [Low, Mid, High]", "values: [1, 2, High]")
    assert len(problems_of(text)) == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("points: 20", "points: true"),
        ("points: 20", "points: '20'"),
        ("p_win: 0.3", "p_win: true"),
        ("p_win: 0.3", "p_win: '0.3'"),
        ("max: 5000000", "max: '5000000'"),
        ("max: 5000000", "max: true"),
        ("max: 5000000", "max: 1e400"),
    ],
)
def test_a_number_of_the_policy_is_a_number_and_no_word(policy_text, old, new):
    text = replaced(policy_text, old, new)
    (problem,) = problems_of(text)
    assert problem.where == f"p.yaml:{line_of(text, new)}"


@pytest.mark.parametrize("value", ['" Low"', '"Low "', '" "', '"a\\nb"', '"\\e"', "x" * 201])
def test_an_answer_that_no_deal_could_ever_give_is_refused(policy_text, value):
    text = replaced(policy_text, "values: [Low, Mid, High]", f"values: [{value}, Mid, High]")
    (problem,) = problems_of(text)
    assert problem.where == f"p.yaml:{line_of(text, 'values: [')}"


@pytest.mark.parametrize("word", ["To ask", "Unknown", '"  Unknown "'])
def test_testing_for_a_word_that_means_unknown_is_refused(policy_text, word):
    text = replaced(policy_text, "source: {not: Referral}", f"source: {{not: {word}}}")
    (problem,) = problems_of(text)
    assert problem.where == f"p.yaml:{line_of(text, f'not: {word}')}"
    assert problem.hint == "unknown is not an answer to test for: use on_unknown"


def test_yes_no_and_none_are_answers_of_a_list(policy_text):
    text = replaced(policy_text, "[Low, Mid, High]", "[Yes, No, None, On, High]")
    policy = parse_policy(text.encode())
    assert policy.fields["authority"].check("None") == "None"
    assert policy.fields["authority"].check("No") == "No"


SAME = [
    ("points: 20", "points: 20.0   # the most important"),
    ("authority: High}\n    points", "authority: [High]}\n\n    points"),
    ("type: number, unit: EUR, min: 0, max", "unit: EUR, min: 0.0, type: number, max"),
    ("at_least: 500000, at_most: 1000000", "at_most: 1000000, at_least: 5.0e5"),
    ("- id: very_large\n    when: {amount: {above: 1000000}}\n    points: -15",
     "- points: -15\n    when: {amount: {above: 1000000}}\n    id: very_large"),
    ("source: {not: Referral}}", "source: {not: [Referral]}}"),
    ("    on_unknown: find_out\n", ""),
    ("[Referral, Partner]", "[Partner, Referral, Partner]"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), SAME)
def test_comments_layout_and_the_order_of_keys_do_not_change_the_fingerprint(
    policy, policy_text, old, new
):
    assert parse_policy(replaced(policy_text, old, new).encode()).fingerprint == policy.fingerprint


def test_the_order_of_a_conditions_entries_does_not_change_the_fingerprint(policy, policy_text):
    start = policy_text.index("    when: {amount: {at_least")
    end = policy_text.index("\n", start)
    other = "    when: {source: {not: Referral}, amount: {at_least: 500000, at_most: 1000000}}"
    text = policy_text[:start] + other + policy_text[end:]
    assert parse_policy(text.encode()).fingerprint == policy.fingerprint


def test_line_ends_and_a_byte_order_mark_do_not_change_the_fingerprint(policy, policy_text):
    windows = b"\xef\xbb\xbf" + policy_text.replace("\n", "\r\n").encode()
    assert parse_policy(windows).fingerprint == policy.fingerprint


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("points: 20", "points: 21"),
        ("points: 20", "points: -20"),
        ("{authority: High}\n    points", "{authority: Mid}\n    points"),
        ("above: 1000000", "above: 1000001"),
        ("above: 1000000", "at_least: 1000000"),
        ("{field: credit_limit}", "{field: amount}"),
        ("{not: {authority: High}}", "{authority: High}"),
        ("on_unknown: ignore", "on_unknown: no_go"),
        ("p_win: 0.3", "p_win: 0.31"),
        ("fr: \"Le client est en", "fr: \"Ce client est en"),
        ("max: 5000000", "max: 5000001"),
        ("unknown: [To ask]", "unknown: [To find]"),
        ("won: [Won]", "won: [Gagné]"),
        ("owner: credit control", "owner: sales"),
        ("insolvency: {type: boolean, better: lower}", "insolvency: {type: boolean}"),
    ],
)  # fmt: skip
def test_a_change_that_people_decided_changes_the_fingerprint(policy, policy_text, old, new):
    assert parse_policy(replaced(policy_text, old, new).encode()).fingerprint != policy.fingerprint
