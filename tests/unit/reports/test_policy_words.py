"""Every word of the page is set well in French, and no gap is in one language only."""

import re
from string import Formatter

import pytest

from reports import difference_words, policy_words
from reports.policy_words import listed

ALL = {**policy_words.WORDS, **difference_words.WORDS}


@pytest.mark.parametrize("key", sorted(ALL))
def test_both_languages_have_the_same_gaps(key):
    gaps = [
        {name for _, name, _, _ in Formatter().parse(text) if name}
        for text in (ALL[key].en, ALL[key].fr)
    ]
    assert gaps[0] == gaps[1]


def test_french_signs_stay_with_their_words():
    texts = [*ALL.values(), *difference_words.GROUPS.values(), *difference_words.SETTINGS.values()]
    assert [text.fr for text in texts if re.search("« | [:;?!%»]", text.fr)] == []


def test_lists_in_sentences():
    assert [listed(["a", "b", "c"][:n], "en", link="or") for n in range(4)] == [
        "", "a", "a or b", "a, b or c",
    ]  # fmt: skip
