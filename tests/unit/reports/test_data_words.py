"""The words of the data report: both languages, the same gaps."""

import re

from reports.data_report import LeftOutBecause
from reports.data_words import WORDS, word


def test_both_languages_have_the_same_gaps():
    for key, text in WORDS.items():
        found = [sorted(set(re.findall(r"{(\w+)}", one))) for one in (text.en, text.fr)]
        assert found[0] == found[1], key


def test_every_reason_has_words():
    assert all(word(f"because_{reason.value}", "fr") for reason in LeftOutBecause)
