import re
import string

from reports.inspection_words import OUTCOMES, TARGETS, WORDS
from training.mapping.deal_mapping import REASONS
from training.mapping.deal_mapping import TARGETS as EVERY_TARGET
from training.outcomes.outcome import Outcome


def test_every_target_and_outcome_has_a_word():
    assert set(TARGETS) == set(EVERY_TARGET)
    assert set(OUTCOMES) == {outcome.value for outcome in Outcome}


def test_words_have_the_same_gaps_in_both_languages():
    for key, text in WORDS.items():
        gaps = [
            sorted(g for _, g, _, _ in string.Formatter().parse(t) if g)
            for t in (text.en, text.fr)
        ]
        assert gaps[0] == gaps[1], key


def test_french_words_keep_signs_with_their_words():
    for text in (*WORDS.values(), *TARGETS.values(), *OUTCOMES.values(), *REASONS.values()):
        assert not re.search("« | [:;?!%»]", text.fr), text.fr
