"""No-break spaces where French wants them, and nowhere else."""

import pytest

from reports.typography import pair, quoted, typeset

SPACE = "\N{NO-BREAK SPACE}"


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
