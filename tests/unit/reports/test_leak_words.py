"""Every kind of leak has its words, in both languages, with the same gaps."""

from string import Formatter

from features.texts import LANGUAGES
from reports.findings import LeakKind, Severity
from reports.leak_words import EVIDENCE, KINDS, REMEDIES, SEVERITIES, evidence


def gaps(template):
    return sorted((name, spec) for _, name, spec, _ in Formatter().parse(template) if name)


def test_every_kind_and_severity_has_words_and_a_remedy():
    assert set(KINDS) == set(REMEDIES) == set(LeakKind)
    assert set(SEVERITIES) == set(Severity)


def test_both_languages_say_the_same_numbers():
    for text in EVIDENCE.values():
        assert gaps(text.en) == gaps(text.fr)


def test_every_sentence_can_be_filled():
    for key, text in EVIDENCE.items():
        numbers = {name: 0.5 for name, _ in gaps(text.en) if name != "value"}
        told = evidence(key, numbers, value="{x}")
        assert all("{x}" in told.in_(one) or "{" not in told.in_(one) for one in LANGUAGES)


def test_french_has_french_quotes_and_spaces():
    told = evidence("pinned", {"deals": 9, "won": 9, "rate": 1, "rest": 0.2}, value="oui").fr
    assert told.startswith("«\xa0oui\xa0»\xa0: 9")
    assert "100\xa0%" in told
