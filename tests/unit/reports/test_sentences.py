"""Every reason that there can be is a sentence, in both languages."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from features.deal import NOT_APPLICABLE, Waiver
from features.texts import LANGUAGES
from models.decision import Reason
from models.reason_codes import ReasonCode
from models.unlike_facts import UnlikeFact
from reports.reason_words import SENTENCES
from reports.sentences import apart, sentence, unlike_in_words

ABOUT = {"KNOCKOUT": "insolvent_customer", "CRITERION": "very_large", "POINTS_LOST": "very_large",
         "MODEL_CRITERION": "very_large", "MODEL_FACT": "amount", "UNLIKE": "amount",
         "TOO": "criteria", "CONDITION": "insolvent_customer", "EXPLORATION": "insolvent_customer",
         "CLOSE_CALL": "break_even", "VALUE_SENSITIVE": "remaining_cost"}  # fmt: skip
FIGURES = {"at": 0.231, "p_win": 0.234, "low": 0.1, "high": 0.4, "deals": 41, "won": 9,
           "change": 0.2, "changed": -300.0, "value": 1_200.0, "lowest": -1_200.0,
           "highest": 48_000.0, "points": 5.0, "best": 20.0, "share": 0.05}  # fmt: skip


WAIVER = Waiver(knockout="insolvent_customer", by="finance", reason="Paid in advance",
                granted_on=date(2026, 1, 2), until=date(2026, 2, 1))  # fmt: skip


def reason(code, **changes):
    about = next((to for start, to in ABOUT.items() if code.startswith(start)), "go_at")
    given: dict[str, Any] = {"about": about, "contribution": 0.1, "unit": "verdict", "fact": 0.2,
             "facts": {"amount": 5e5, "source": None}, "figures": FIGURES} | changes  # fmt: skip
    return Reason(code=code, **given)


def plain(text):
    return text.replace("\xa0", " ").replace("\u202f", " ")


def told(policy, code, language="en", **changes):
    return plain(sentence(reason(code, **changes), policy, language, needs=("amount",)))


@pytest.mark.parametrize("code", ReasonCode)
def test_every_code_has_a_sentence_of_its_own_in_both_languages(code, policy):
    unlike = UnlikeFact("amount", 0.2, 1.0, 2.0)
    texts = [
        sentence(reason(code), policy, language, waiver=WAIVER, unlike=unlike)
        for language in LANGUAGES
    ]
    assert len(set(texts)) == 2  # French is not English
    assert not any("{" in text for text in texts)
    assert not re.search(r" [:;?!%€»]|« ", texts[1])  # French signs stay with their words


def test_every_sentence_is_of_a_code_and_typeset_in_both_languages():
    assert {key.split(":")[0] for key in SENTENCES} == set(ReasonCode)
    for key, text in SENTENCES.items():
        gaps = [set(re.findall(r"{(\w+)}", one)) for one in (text.en, text.fr)]
        assert gaps[0] == gaps[1], key


def test_a_close_call_is_told_with_both_numbers_the_interval_and_n(policy):
    assert told(policy, "CLOSE_CALL") == (
        "A close call: it pays from a probability of 23.1% on, and the estimate, 23.4%, rests on "
        "41 comparable past deals of which 9 won: a win rate of 10–40% (90% interval), on either "
        "side of it"
    )
    assert told(policy, "CLOSE_CALL", "fr", about="go_at") == (
        "C'est serré : la politique demande 23,1 %, et l'estimation, 23,4 %, repose sur 41 "
        "affaires passées comparables, dont 9 gagnées : un taux de gain de 10–40 % (intervalle à "
        "90 %), de part et d'autre"
    )


def test_a_close_call_says_the_value_that_is_asked_for(policy):
    decision = policy.decision
    asking = decision.go_at.model_copy(update={"expected_value": 5_000.0})
    asks = replace(policy, decision=decision.model_copy(update={"go_at": asking}))
    assert told(asks, "CLOSE_CALL").startswith(
        "A close call: it is worth the 5,000 asked for from a probability of 23.1% on"
    )


def test_a_sensitive_value_says_by_how_much_and_what_it_would_be(policy):
    assert told(policy, "VALUE_SENSITIVE") == (
        "20% more remaining cost would turn the answer: the expected value would be −300, "
        "not 1,200"
    )
    less = FIGURES | {"change": -0.2}
    assert told(policy, "VALUE_SENSITIVE", "fr", about="if_won", figures=less) == (
        "Si l'affaire gagnée rapportait 20 % de moins, la réponse changerait : la valeur "
        "attendue serait de −300, et non de 1 200"
    )
    texts = {
        told(policy, "VALUE_SENSITIVE", about=about, figures=FIGURES | {"change": change})
        for about in ("if_won", "remaining_cost") for change in (0.2, -0.2)
    }  # fmt: skip
    assert len(texts) == 4


def test_an_unknown_value_is_told_between_its_bounds(policy):
    assert told(policy, "VALUE_UNKNOWN", fact=None) == (
        "The expected value is between −1,200 and 48,000, and the policy asks for at least 0. "
        "Find out: Amount"
    )
    open_ = {"lowest": -1_200.0, "highest": float("inf")}
    assert "is at least −1,200," in told(policy, "VALUE_UNKNOWN", fact=None, figures=open_)
    assert told(policy, "VALUE_BELOW_THRESHOLD", fact=None) == (
        "The expected value is at most 48,000, below 0 whatever is still to be found out: not "
        "worth the effort"
    )


def test_what_the_past_says_of_a_criterion_names_its_facts(policy):
    assert told(policy, "MODEL_CRITERION") == (
        "“Too large for us” (Amount: €500,000, Source: not known), associated with +10.0 pp of "
        "probability"
    )
    assert told(policy, "MODEL_CRITERION", "fr") == (
        "« Trop grande pour nous » (Amount : 500 000 €, Source : non renseigné), associé à "
        "+10,0 pts de probabilité"
    )


def test_points_lost_are_told_against_the_best(policy):
    assert told(policy, "POINTS_LOST", contribution=-15.0) == (
        "Too large for us: 15 points less than at best (5 of 20)"
    )
    assert told(policy, "POINTS_LOST", "fr", contribution=-1.5) == (
        "Trop grande pour nous : 1,5 point de moins qu'au mieux (5 sur 20)"
    )


def test_what_is_to_complete_says_what_is_still_open(policy):
    ends = {"lowest": -15.0, "highest": 0.0}
    assert told(policy, "CRITERION_TO_COMPLETE", "fr", figures=ends) == (
        "Trop grande pour nous : à compléter (Amount), entre −15 et 0 point"
    )


def test_two_shares_that_look_alike_get_more_decimals():
    assert apart(0.23111, 0.23119, "fr") == ("23,11\xa0%", "23,12\xa0%")
    assert apart(0.231111, 0.231112, "en") == ("23.11%", "23.11%")


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
