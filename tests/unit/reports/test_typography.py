"""Spaces that do not break, numbers in gaps, days and quarters."""

import pytest

from features.texts import Text
from reports.typography import day, filled, honest_share, pair, quarter, quoted, typeset


def test_french_signs_keep_their_word():
    assert pair("a: b", "« a » : b ?").fr == "«\xa0a\xa0»\xa0: b\xa0?"
    assert pair("a : b", "a").en == "a : b"


def test_gaps_are_filled_in_each_language():
    text = filled(
        pair("{n:count} {what}, {p:share}, {x:two}", "{n:count} {what}, {p:share}, {x:two}"),
        {"n": 1234, "p": 0.5, "x": 0.7, "what": Text(en="deals", fr="affaires")},
    )
    assert text.en == "1,234 deals, 50%, 0.70"
    assert text.fr == "1\u202f234 affaires, 50\xa0%, 0,70"


SPACE = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("share", "told"),
    [
        (0.0, "0%"),
        (0.004, "0.4%"),
        (0.996, "99.6%"),
        (1.0, "100%"),
        (0.0049, "0.5%"),
        (0.5, "50%"),
    ],
)
def test_nearly_all_is_not_all(share, told):
    assert honest_share(share, "en") == told


def test_nothing_known_is_a_dash():
    assert honest_share(None, "fr") == "–"


def test_days_and_quarters_are_written_as_people_do():
    assert quarter("2017Q3").en == "Q3 2017"
    assert day("2025-12-31").en == "Dec 31, 2025"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Combien ?", f"Combien{SPACE}?"),
        (
            "à 5 % : « oui » ; non !",
            f"à 5{SPACE}%{SPACE}: «{SPACE}oui{SPACE}»{SPACE}; non{SPACE}!",
        ),
        ("12:30, a?b", "12:30, a?b"),
    ],
)
def test_french_signs(written, expected):
    assert typeset(written, "fr") == expected
    assert typeset(written, "en") == written
    assert pair(written, written).in_("fr") == expected


def test_quotation_marks():
    assert quoted("a", "en") == "“a”"
    assert quoted("a", "fr") == f"«{SPACE}a{SPACE}»"
