"""Every rule has a name in both languages and a place of its own."""

from features.lint.rules import case_rules, knockout_rules, segment_rules

MORE = """
    segments: {goods: {label: {en: a, fr: b}, when: {deliverable: [equipment, parts]}}}
    criteria:
      - {id: payment, field: health, values: {sound: 5, watch: 2}, label: {en: a, fr: b}}
"""


def test_cases_are_named_by_their_answer_or_band(inspection):
    cases = case_rules(inspection(MORE).policy)
    assert [one.name.en for one in cases] == [
        "the criterion 'budget_confirmed'",
        "band 1 of the criterion 'size'",
        "band 2 of the criterion 'size'",
        "band 3 of the criterion 'size'",
        "the criterion 'financial_goods'",
        "the answer 'sound' of the criterion 'payment'",
        "the answer 'watch' of the criterion 'payment'",
    ]
    assert cases[-1].when_path == ("criteria", 3, "values", "watch")
    assert cases[-1].name.fr == "la réponse «\xa0watch\xa0» du critère «\xa0payment\xa0»"


def test_every_place_is_one_of_the_file(inspection):
    policy = inspection(MORE).policy
    rules = (*case_rules(policy), *knockout_rules(policy), *segment_rules(policy))
    assert all(one.when_path in policy.places for one in rules)
    assert [one.kind for one in rules[-2:]] == ["knockout", "segment"]
