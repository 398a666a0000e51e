"""Every reason that there can be is a sentence, in both languages."""

import re
from datetime import date
from pathlib import Path

import pytest

import models.reasons
from features.deal import NOT_APPLICABLE, Waiver
from features.texts import LANGUAGES
from models.decision import Reason
from models.unlike_facts import UnlikeFact
from reports.sentences import sentence, unlike_in_words

WORDS = r'"((?:KNOCKOUT|CRITERION|MODEL|TOO|UNLIKE|P_WIN|POINTS|VALUE)_\w+)"'
SOURCE = Path(models.reasons.__file__).read_text(encoding="utf-8")
CODES = tuple(dict.fromkeys(re.findall(WORDS, SOURCE)))
ABOUT = {"KNOCKOUT": "insolvent_customer", "CRITERION": "very_large", "MODEL": "amount",
         "UNLIKE": "amount", "TOO": "criteria"}  # fmt: skip


WAIVER = Waiver(knockout="insolvent_customer", by="finance", reason="Paid in advance",
                granted_on=date(2026, 1, 2), until=date(2026, 2, 1))  # fmt: skip


def reason(code):
    about = ABOUT.get(code.split("_")[0], "go_at")
    return Reason(code=code, about=about, contribution=0.1, unit="verdict", fact=0.2)


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_sentence_of_its_own_in_both_languages(code, policy):
    unlike = UnlikeFact("amount", 0.2, 1.0, 2.0)
    texts = [
        sentence(reason(code), policy, language, waiver=WAIVER, unlike=unlike)
        for language in LANGUAGES
    ]
    assert len(set(texts)) == 2  # French is not English
    assert not any("{" in text for text in texts)


def test_there_are_twelve():
    assert len(CODES) == 12


@pytest.mark.parametrize(
    ("unlike", "english", "french"),
    [
        (UnlikeFact("amount", 9e6, 1.0, 5e5),
         "Amount: €9,000,000 is beyond the closed deals, which had €1 to €500,000",
         "Amount : 9 000 000 € dépasse les affaires closes, qui avaient de 1 € à 500 000 €"),
        (UnlikeFact("insolvency", True, 0.0, 0.0),
         "Insolvency: yes, where all closed deals had no",
         "Insolvency : oui, là où toutes les affaires closes avaient non"),
        (UnlikeFact("source", "Moon"),
         "Source: no closed deal had “Moon”",
         "Source : aucune affaire close n'avait « Moon »"),
        (UnlikeFact("amount", NOT_APPLICABLE),
         "Amount: no closed deal had “not applicable”",
         "Amount : aucune affaire close n'avait « sans objet »"),
    ],
)  # fmt: skip
def test_an_unlike_fact_is_told_with_what_closed_deals_had(unlike, english, french, policy):
    assert unlike_in_words(unlike, policy, "en") == english
    plain = unlike_in_words(unlike, policy, "fr").replace("\xa0", " ").replace("\u202f", " ")
    assert plain == french
