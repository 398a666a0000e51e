"""Words: texts that were not translated, labels, questions and owners that are missing."""

import pytest


def codes(found):
    return [code for code, _ in found]


FIELD = "fields:\n  certified:\n    type: boolean\n    {more}\n"


@pytest.mark.parametrize(
    ("label", "found"),
    [
        ('{en: "Certified supplier", fr: "Certified supplier"}', True),
        ('{en: "Certified supplier", fr: "certified  Supplier"}', True),
        ('{en: "Budget", fr: "Budget"}', False),
        ('{en: "Certified supplier", fr: "Fournisseur certifié"}', False),
    ],
)
def test_texts_of_several_words_differ(lines, label, found):
    told = lines(FIELD.format(more=f"label: {label}"))
    assert (("NOT_TRANSLATED", f"label: {label}") in told) is found


def test_every_text_of_the_file_is_looked_at(lint):
    same = '{en: "the same", fr: "the same"}'
    found = lint(f"""
        title: {same}
        groups: {{mine: {same}}}
        segments: {{goods: {{label: {same}, when: {{deliverable: parts}}}}}}
        fields: {{certified: {{type: boolean, label: {same}, question: {same}}}}}
        criteria:
          - {{id: one, when: {{certified: true}}, points: 5, group: mine, label: {same}}}
        knockouts:
          - id: two
            when: {{certified: false}}
            then: {{conditional_go: {same}}}
            reason: {same}
    """)
    assert len([one for one in found if one.code == "NOT_TRANSLATED"]) == 8


def test_answers_named_like_languages_are_no_texts(lines):
    assert "NOT_TRANSLATED" not in codes(
        lines("""
        fields:
          en: {type: category, label: {en: "E", fr: "F"}}
          fr: {type: category, label: {en: "E", fr: "F"}}
        criteria:
          - id: same
            when: {en: the same, fr: the same}
            points: 5
            label: {en: "a b", fr: "c d"}
    """)
    )


def test_a_field_nobody_reads_needs_no_label(lines):
    hidden = FIELD.format(more="used_by_model: false")
    assert "LABEL_MISSING" not in codes(lines(hidden))
    assert ("LABEL_MISSING", "certified:") in lines(FIELD.format(more="better: higher"))


def test_questions_are_missing_in_one_finding_with_all_their_places(lint):
    (found,) = [
        one
        for one in lint("""
        fields:
          b_one: {type: boolean, label: {en: "b", fr: "c"}, cost: {hours: 1}}
          a_one: {type: boolean, label: {en: "b", fr: "c"}, cost: {hours: 1}}
        criteria:
          - {id: one, when: {a_one: true, b_one: true}, points: 5, label: {en: a, fr: b}}
        """)
        if one.code == "QUESTION_MISSING"
    ]
    assert found.about == ("a_one", "b_one")
    assert (found.where, *found.also) == ("addition.yaml:4", "addition.yaml:3")


def test_a_fact_that_is_never_asked_needs_no_question(lines):
    text = FIELD.format(more='label: {en: "a", fr: "b"}') + (
        "knockouts:\n"
        '  - {id: one, when: {certified: false}, then: no_go, reason: {en: "a", fr: "b"},\n'
        "     owner: me, waiver: {by: [me]}, on_unknown: ignore}\n"
    )
    assert lines(text) == []
    assert codes(lines(text.replace("ignore", "find_out"))) == ["COST_MISSING", "QUESTION_MISSING"]


def test_an_owner_of_blanks_is_none(lines):
    text = (
        "knockouts:\n"
        '  - {id: one, when: {need: unclear}, then: no_go, reason: {en: "a", fr: "b"},\n'
        '     waiver: {by: [me]}, owner: "  "}\n'
    )
    assert "OWNER_MISSING" in codes(lines(text))


def test_a_condition_needs_no_waiver(lines):
    text = (
        "knockouts:\n  - {id: one, when: {deliverable: parts}, owner: me,\n"
        '     then: {conditional_go: {en: "a", fr: "b"}}, reason: {en: "a", fr: "b"}}\n'
    )
    assert "WAIVER_TERMS_MISSING" not in codes(lines(text))
