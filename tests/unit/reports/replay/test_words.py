"""The words of both pages: the same gaps in both languages, none written for nothing."""

import re
from pathlib import Path
from string import Formatter

import pytest

import reports.effort.words as effort_words
import reports.replay.words as replay_words
from reports.replay.glossary import GLOSSARY, KEYS

REPORTS = Path(effort_words.__file__).parents[1]
MADE = {  # keys that are put together
    "effort": r"bands_(title|hint)(_p_win)?|(column_)?(team|seller)s?(_title)?|gloss_\w+"
    r"|never_pays|below_break_even|low|middle|top|unknown|column_\w+",
    "replay": r"gloss_\w+|net_\w+|would_\w+|why_\w+|plot_\w+|column_\w+|swap_\w+"
    r"|(newly_|kept_by|stopped_by)\w+|costs|saves|cannot_tell",
}


def gaps(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("words", [effort_words.WORDS, replay_words.WORDS])
def test_both_languages_have_the_same_gaps(words):
    for key, text in words.items():
        assert gaps(text.en) == gaps(text.fr), key


@pytest.mark.parametrize("name", ["effort", "replay"])
def test_no_word_is_written_for_nothing(name):
    words = {"effort": effort_words, "replay": replay_words}[name].WORDS
    files = [*REPORTS.glob(f"{name}/*.py"), *REPORTS.glob(f"templates/{name}*.j2")]
    said = "\n".join(file.read_text(encoding="utf-8") for file in files if file.stem != "words")
    unused = [key for key in words if f'"{key}"' not in said and f"'{key}'" not in said]
    assert [key for key in unused if not re.fullmatch(MADE[name], key)] == []


def test_every_entry_of_the_glossary_has_its_text():
    assert {key for one in KEYS for key in (f"gloss_{one}", f"gloss_{one}_text")} == set(GLOSSARY)
