"""What is in effect, what tells deals apart, and what may be asked."""

import pytest

KNOCKOUT = """
    knockouts:
      - id: one
        when: {when}
        then: no_go
        reason: {{en: a, fr: b}}
        {more}
"""


def live(inspection, **settings):
    opened = inspection(KNOCKOUT.format(**{"when": "{need: unclear}", "more": "", **settings}))
    return [rule.id for rule in opened.live_knockouts]


@pytest.mark.parametrize(
    ("settings", "is_live"),
    [
        ({}, True),
        ({"more": "in_effect: {until: 2026-01-04}"}, False),
        ({"more": "in_effect: {until: 2026-01-05}"}, True),
        ({"more": "in_effect: {from: 2026-03-01}"}, True),
        ({"when": "{amount: {below: 0}}"}, False),
        ({"when": "{amount: {at_least: 0}}"}, False),
    ],
    ids=str,
)
def test_a_knockout_is_live_if_it_can_tell_deals_apart_now_or_later(inspection, settings, is_live):
    assert ("one" in live(inspection, **settings)) is is_live


def test_what_a_derived_fact_follows_from_is_asked_rather_than_itself(inspection):
    opened = inspection("""
        fields:
          offer: {type: number}
          coverage: {type: ratio, of: amount, to: offer}
          idle: {type: boolean}
        criteria:
          - {id: one, when: {coverage: {above: 1}}, points: 5, label: {en: a, fr: b}}
    """)
    assert {"amount", "offer"} <= opened.needed_fields
    assert not {"coverage", "idle"} & opened.needed_fields


def test_facts_that_only_an_ignored_knockout_waits_for_are_not_asked(inspection):
    opened = inspection(KNOCKOUT.format(when="{health: watch}", more="on_unknown: ignore"))
    assert "health" not in opened.needed_fields
    assert "health" in inspection(KNOCKOUT.format(when="{health: watch}", more="")).needed_fields
