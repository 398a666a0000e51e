"""Two policies compared: nothing of a difference is left unsaid, and nothing else is said."""

from functools import cache

import pytest

from features.policy import parse_policy
from features.policy.changes import changes_between
from features.texts import LANGUAGES
from reports.difference_lines import difference_lines
from reports.numbers import quantity
from reports.policy_difference import policy_difference
from tests.unit.reports.conftest import MACHINES

SPACE = "\N{NO-BREAK SPACE}"
NO_TENDER = f"Appel d'offres formel{SPACE}: non"
MILLION = quantity(1e6, "EUR", "fr")
POOR = "Amount of the offer: above “Budget”"
WAIVER = "head of sales or CFO, for at most"
GRADES = "A from 50% or 30 points, B from 25% or 10 points, C from"
RULE = """  - {id: new, when: {tender: true}, then: {conditional_go: {en: C, fr: C}}, owner: sales,
     reason: {en: R, fr: R}}
economics:"""
REWRITTEN = "all: [{tender: {not: [true]}}, {amount: {above: 1e6}}]"


@cache
def load(*replacements):
    text = MACHINES.read_text(encoding="utf-8")
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new)
    return parse_policy(text.encode())


def entries(*replacements, language="en"):
    difference = policy_difference(load(), load(*replacements), language)
    return {
        (group.meaning, entry.title): entry.lines
        for group in difference.groups
        for entry in group.entries
    }


EXAMPLES = [
    (
        ("competitors: {above: 5}", "competitors: {above: 3}"),
        ("refuses_more", "changed: knockout “Too many others, or too little money”"),
        (f"when: Competitors: above 5, or {POOR} → Competitors: above 3, or {POOR}",),
    ),
    (
        ("days: 30", "days: 60"),
        ("refuses_fewer", "changed: knockout “The customer may not pay”"),
        (f"waiver: {WAIVER} 30~days → {WAIVER} 60~days",),
    ),
    (
        ("points: -10}", "points: -12}"),
        ("points", "changed: criterion “The budget covers the price”"),
        ("Budget to price: below 0.8 (−10 → −12)",),
    ),
    (("p_win: 0.125", "p_win: 0.2"), ("fewer_go", "changed: win probability"), ("12.5% → 20%",)),
    (
        ("expected_value: 5000", "expected_value: 400"),
        ("more_go", "changed: expected value"),
        ("€5,000 → €400",),
    ),
    (
        (", expected_value: 5000, points: 10}", ", expected_value: 5000}"),
        ("more_go", "gone: points"),
        ("10 → not given",),
    ),
    (("hour: 85", "hour: 95"), ("money", "changed: cost of an hour"), ("€85 → €95",)),
    (
        ("times: 0.7", "times: 1"),
        ("money", "changed: exposure"),
        ("70% of “Amount of the offer” → “Amount of the offer”",),
    ),
    (("capacity_hours: 1200", "capacity_hours: 900"), ("money", "changed: hours available"),
     ("1,200~hours → 900~hours",)),
    (
        ("{hours: 1.5, money: 20}", "{hours: 2}"),
        ("asks", "changed: question “Budget”"),
        ("cost to know: 1.5~hours and €20 → 2~hours",),
    ),
    (
        ("{type: text, label", "{type: boolean, better: higher, label"),
        ("asks", "changed: question “Notes”"),
        ("type: free words → yes or no", "better: not given → higher"),
    ),
    (
        ("{share: 0.05, most_hours: 40}", "{share: 0.1}"),
        ("grades", "changed: tested share of refusals"),
        ("5% (40~hours at most) → 10%",),
    ),
    (
        ("{grade: C, p_win: 0, points: -50}", "{grade: C, p_win: 0.01, points: -50}"),
        ("grades", "changed: grades"),
        (f"{GRADES} 0% or −50 points → {GRADES} 1% or −50 points",),
    ),
    (("won: [Won]", "won: [Won, Signed]"), ("files", "changed: how deals end"),
     ("won: Won → Won and Signed",)),
    (
        ("owner: presales", "owner: bids"),
        ("words", "changed: knockout “No time left to answer well”"),
        ("owner: presales → bids",),
    ),
    (
        ('fr: "Très grande"', 'fr: "Énorme"'),
        ("words", "changed: criterion “Very large”"),
        ("label: “Very large” / «~Très grande~» → “Very large” / «~Énorme~»",),
    ),
    (('version: "2026.2"', 'version: "3"'), ("words", "changed: version"), ("2026.2 → 3",)),
    (('version: "2026.2"\n', ""), ("words", "gone: version"), ("2026.2 → not given",)),
    (
        ("testable: true", "testable: false"),
        ("refuses_more", "changed: knockout “No time left to answer well”"),
        ("may be tested: yes → no",),
    ),
    (
        ("direction: free", "direction: as_points"),
        ("points", "changed: criterion “Nobody else is asked”"),
        ("direction: as the past says → as the points say",),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("replacement", "found", "lines"), EXAMPLES, ids=[one[1][1] for one in EXAMPLES]
)
def test_each_difference_in_words(replacement, found, lines):
    said = tuple(line.replace("~", SPACE) for line in lines)
    assert entries(replacement) == {found: said}
    assert len(entries(replacement, language="fr")) == 1


def test_a_new_rule_says_all_that_it_says_and_no_defaults():
    assert entries(("economics:", RULE)) == {
        ("conditions", "new: knockout “R”"): (
            "when: Formal tender: yes", "effect: only under a condition: C", "owner: sales",
        ),
    }  # fmt: skip


def test_a_rule_that_is_gone_says_what_it_said():
    text = MACHINES.read_text(encoding="utf-8")
    start = text.index("  - {id: big")
    gone = (text[start : text.index("\n", start) + 1], "")
    assert entries(gone, language="fr") == {
        ("points", f"suppression{SPACE}: critère «{SPACE}Très grande{SPACE}»"): (
            f"Montant de l'offre{SPACE}: plus de {MILLION}, et {NO_TENDER} (−5)",
        ),
    }  # fmt: skip


def test_comments_order_and_ways_of_writing_are_no_difference():
    policy = load()
    other = load(
        (
            "amount: {above: 1000000}, tender: {not: true}",
            REWRITTEN,
        ),
        ("# A policy", "# Another comment about a policy"),
    )
    for language in LANGUAGES:
        difference = policy_difference(policy, other, language)
        assert difference.groups == ()
        assert difference.to_data()["same"] is True
        assert len(difference_lines(difference)) == 1


def test_groups_go_from_the_gravest_to_words():
    clashing = (", expected_value: 5000, points: 10}", 'version: "2026.2"\n')
    changes = [one[0] for one in EXAMPLES if one[0][0] not in clashing]
    difference = policy_difference(load(), load(*changes), "en")
    meanings = [group.meaning for group in difference.groups]
    assert meanings[0] == "refuses_more"
    assert meanings[-1] == "words"
    parts = sum(len(group.entries) for group in difference.groups)
    assert parts == len(changes_between(load(), load(*changes)))


def test_a_terminal_shows_every_line():
    difference = policy_difference(load(), load(*(one[0] for one in EXAMPLES[:4])), "fr")
    shown = [str(getattr(line, "renderable", line)) for line in difference_lines(difference)]
    for group in difference.groups:
        assert any(group.title in line for line in shown)
        for entry in group.entries:
            assert any(entry.title in line for line in shown)
            assert all(line in shown for line in entry.lines)
