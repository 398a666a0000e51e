"""The fixed words of the page about a deal have the same gaps in both languages."""

import re

from reports.page_words import WORDS


def test_both_languages_have_the_same_gaps_and_french_signs_do_not_break():
    for key, text in WORDS.items():
        english, french = (set(re.findall(r"{(\w+)}", one)) for one in (text.en, text.fr))
        assert english == french, key
        assert not re.search(r" [:;?!%€»]", text.fr), key
