"""The questions: what they decide, which answers there are, what they cost, how long they hold."""

import pytest

from reports.policy_questions import question_entries

SPACE = "\N{NO-BREAK SPACE}"


def by_name(policy, language):
    return {one.name: one for one in question_entries(policy, language)}


def test_those_of_most_knockouts_come_first_and_derived_facts_last(machines):
    names = [one.name for one in question_entries(machines, "en")]
    assert names[:2] == ["amount", "health"]
    assert set(names[-2:]) == {"coverage", "days_left"}
    assert set(names) == set(machines.fields)


def test_the_order_is_that_of_both_languages(machines):
    english, french = (
        [one.name for one in question_entries(machines, language)] for language in ("en", "fr")
    )
    assert english == french


@pytest.mark.parametrize(
    ("name", "english", "french"),
    [
        ("tender", "yes, no", "oui, non"),
        ("health", "distressed < watch < sound", "distressed < watch < sound"),
        ("deliverable", "equipment, parts, services", "equipment, parts, services"),
        ("budget", "at least €0", f"au moins 0{SPACE}€"),
        ("competitors", "0 to 20", "de 0 à 20"),
        ("incumbent", "any answer; may not apply", f"toute réponse{SPACE}; peut être sans objet"),
        ("received_on", "a day", "un jour"),
        ("notes", "free words", "texte libre"),
        ("coverage", "“Budget” ÷ “Amount of the offer”", None),
        ("days_left", "days from the day of the decision to “Offer due on”", None),
    ],
)
def test_which_answers_there_are(machines, name, english, french):
    assert by_name(machines, "en")[name].answers == english
    if french is not None:
        assert by_name(machines, "fr")[name].answers == french


def test_what_an_answer_costs_and_how_long_it_holds(machines):
    budget = by_name(machines, "fr")["budget"]
    assert budget.cost == f"1,5{SPACE}heure et 20{SPACE}€"
    assert budget.valid == f"90{SPACE}jours"
    assert by_name(machines, "fr")["tender"].cost is None


def test_what_uses_a_question_counts_what_follows_from_it(machines):
    found = by_name(machines, "en")
    assert found["budget"].used_by == f"1{SPACE}knockout, 1{SPACE}criterion and the model"
    assert found["hours"].used_by == "expected value and the model"
    assert (found["notes"].used_by, found["notes"].is_used) == ("no rule", False)
