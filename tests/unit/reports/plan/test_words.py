"""The words of plans and accounts stand in both languages, with the same gaps."""

import re

import pytest

from reports.accounts.words import WORDS as OF_ACCOUNTS
from reports.plan.words import WORDS, word
from reports.value_words import NOT_COUNTED

GAP = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("words", [WORDS, OF_ACCOUNTS, NOT_COUNTED])
def test_both_languages_have_the_same_gaps(words):
    for key, text in words.items():
        assert sorted(GAP.findall(text.en)) == sorted(GAP.findall(text.fr)), key


def test_gaps_are_filled():
    assert word("from_to", "fr", low="1", high="2") == "1 à 2"
