"""Every code is written down once, and every code that is given is one of them."""

import re
from pathlib import Path

import pytest

from models.reason_codes import ReasonCode

ROOT = Path(__file__).parents[3]


def explained(page):
    """Return the codes that have a row of their own in a page's table of reason codes."""
    return set(re.findall(r"^\| `([A-Z_]+)` \|", page, flags=re.MULTILINE))


def test_every_code_is_explained_in_the_page_of_the_answer_and_no_other():
    page = (ROOT / "docs" / "answer.md").read_text(encoding="utf-8")
    assert explained(page) == set(ReasonCode)
    with pytest.raises(AssertionError):  # the check can fail
        assert explained(page.replace("| `CLOSE_CALL` |", "| CLOSE_CALL |")) == set(ReasonCode)


def test_the_glossary_has_them_too():
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert explained(page.split("## Verdicts of promotion")[0]) == set(ReasonCode)


def test_a_code_is_its_own_name():
    assert all(code.name == code.value for code in ReasonCode)
