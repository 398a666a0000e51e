"""Fields and facts as the reader writes them."""

from datetime import date

import pytest

from features.deal import NOT_APPLICABLE
from features.texts import LANGUAGES
from reports.field_words import facts_in_words, field_labels, shown_fact


@pytest.mark.parametrize(
    ("fact", "name", "english", "french"),
    [
        (True, "insolvency", "yes", "oui"),
        (False, "insolvency", "no", "non"),
        ("High", "authority", "High", "High"),
        (NOT_APPLICABLE, "amount", "not applicable", "sans objet"),
        (date(2026, 3, 1), "amount", "1\xa0March 2026", "1er\xa0mars 2026"),
        (1200.5, "amount", "€1,200.5", "1\u202f200,5\xa0€"),
    ],
)
def test_a_fact_is_shown_as_the_reader_writes_it(policy, fact, name, english, french):
    assert [shown_fact(fact, name, policy, one) for one in LANGUAGES] == [english, french]


def test_facts_have_their_labels_and_what_is_unknown_is_said(policy):
    facts = {"amount": 100.0, "authority": None}
    assert facts_in_words(facts, policy, "en") == (
        "Amount: €100, Authority of our contact: not known"
    )
    assert facts_in_words(facts, policy, "fr") == (
        "Amount\xa0: 100\xa0€, Pouvoir de décision\xa0: non renseigné"
    )
    assert field_labels(("authority", "amount"), policy, "fr") == "Pouvoir de décision, Amount"
