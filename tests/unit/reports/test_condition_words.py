"""Each test that a condition may make, in the words of both languages."""

import pytest

from features.conditions import Comparison
from features.policy.condition_parser import ConditionParser
from features.policy.yaml_source import YamlSource
from reports.condition_words import condition_in_words, condition_lines

THIN, SPACE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"

EXAMPLES = [
    ({"deliverable": "parts"}, "Deliverable: parts", "Objet de l'offre : parts"),
    (
        {"deliverable": ["services", "equipment", "parts"]},
        "Deliverable: equipment, parts or services",
        "Objet de l'offre : equipment, parts ou services",
    ),
    (
        {"deliverable": {"not": "parts"}},
        "Deliverable: not parts",
        "Objet de l'offre : autre que parts",
    ),
    (
        {"deliverable": {"not": ["parts", "services"]}},
        "Deliverable: neither parts nor services",
        "Objet de l'offre : ni parts, ni services",
    ),
    ({"tender": True}, "Formal tender: yes", "Appel d'offres formel : oui"),
    ({"tender": {"not": True}}, "Formal tender: no", "Appel d'offres formel : non"),
    (
        {"competitors": {"above": 2.5}},
        "Competitors: above 2.5",
        "Concurrents : plus de 2,5",
    ),
    (
        {"amount": {"at_least": 100_000}},
        "Amount of the offer: at least €100,000",
        "Montant de l'offre : au moins 100_000~€",
    ),
    (
        {"amount": {"below": {"field": "budget"}}},
        "Amount of the offer: below “Budget”",
        "Montant de l'offre : moins que «~Budget~»",
    ),
    (
        {"amount": {"at_most": {"field": "budget"}}},
        "Amount of the offer: at most “Budget”",
        "Montant de l'offre : au plus autant que «~Budget~»",
    ),
    (
        {"hours": {"at_most": 1}},
        "Hours of the pursuit: at most 1~hour",
        "Heures de la poursuite : au plus 1~heure",
    ),
    (
        {"hours": {"at_least": 8, "below": 40}},
        "Hours of the pursuit: at least 8~hours and below 40~hours",
        "Heures de la poursuite : au moins 8~heures et moins de 40~heures",
    ),
    (
        {"any": [{"competitors": {"below": 1}}, {"competitors": {"above": 5}}]},
        "Competitors: below 1 or above 5",
        "Concurrents : moins de 1 ou plus de 5",
    ),
    (
        {"received_on": {"after": "2026-03-01"}},
        "Request received on: after 1~March 2026",
        "Demande reçue le : après le 1er~mars 2026",
    ),
    (
        {"received_on": {"on_or_after": "2026-03-31"}},
        "Request received on: on or after 31~March 2026",
        "Demande reçue le : à partir du 31~mars 2026",
    ),
    (
        {"received_on": {"before": {"field": "answer_by"}}},
        "Request received on: before “Offer due on”",
        "Demande reçue le : avant «~Offre attendue le~»",
    ),
    (
        {"received_on": {"on_or_before": "2026-08-02"}},
        "Request received on: on or before 2~August 2026",
        "Demande reçue le : jusqu'au 2~août 2026",
    ),
    (
        {"answer_by": {"applies": True}},
        "Offer due on: applicable",
        "Offre attendue le : s'applique",
    ),
    (
        {"answer_by": {"applies": False}},
        "Offer due on: not applicable",
        "Offre attendue le : sans objet",
    ),
    (
        {"not": {"days_left": {"below": 10}}},
        "Days left to answer: at least 10~days or not applicable",
        "Jours restants pour répondre : au moins 10~jours ou sans objet",
    ),
    ({"health": {"at_most": "watch"}}, "Financial health: distressed or watch", None),
    (
        {"tender": True, "amount": {"above": 5}},
        "Formal tender: yes, and Amount of the offer: above €5",
        "Appel d'offres formel : oui, et Montant de l'offre : plus de 5~€",
    ),
    (
        {"not": {"tender": True, "deliverable": "parts"}},
        "Formal tender: no, or Deliverable: not parts",
        "Appel d'offres formel : non, ou Objet de l'offre : autre que parts",
    ),
    (
        {"tender": True, "any": [{"deliverable": "parts"}, {"competitors": 0}]},
        "Formal tender: yes, and (Deliverable: parts, or Competitors: 0)",
        "Appel d'offres formel : oui, et (Objet de l'offre : parts, ou Concurrents : 0)",
    ),
]


def read(machines, data):
    source = YamlSource("test")
    condition = ConditionParser(machines.fields, source).parse(data, ())
    assert condition is not None, source.problems
    return condition


def set_as_french(text: str) -> str:
    return text.replace("~", SPACE).replace(" :", f"{SPACE}:").replace("_", THIN)


@pytest.mark.parametrize(("data", "english", "french"), EXAMPLES, ids=lambda one: str(one)[:40])
def test_every_test_in_both_languages(machines, data, english, french):
    condition = read(machines, data)
    assert condition_in_words(condition, machines, "en") == english.replace("~", SPACE)
    if french is not None:
        words = condition_in_words(condition, machines, "fr")
        assert words == set_as_french(french)


def test_lines_are_the_parts_of_a_condition(machines):
    both = read(machines, {"tender": True, "competitors": {"above": 1, "below": 4}})
    lines, every = condition_lines(both, machines, "en")
    assert (lines, every) == (("Formal tender: yes", "Competitors: above 1 and below 4"), True)
    either = read(machines, {"any": [{"tender": True}, {"deliverable": "parts"}]})
    assert condition_lines(either, machines, "en")[1] is False
    one = read(machines, {"tender": True})
    assert condition_lines(one, machines, "en") == (("Formal tender: yes",), True)


def test_a_band_without_limits_is_any_number(machines):
    criterion = next(one for one in machines.criteria if one.id == "budget_covers")
    assert criterion.complete is True
    everything = Comparison("coverage", "at_least", -1e300)
    assert condition_in_words(everything, machines, "en") == "Budget to price: any number"
