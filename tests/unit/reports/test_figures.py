"""Figures are written whole, in both languages, with their interval where there is one."""

from features.texts import Text
from reports.figures import counted_text, hours_text, in_both, money_text, share_with_range


def test_each_language_writes_its_own():
    assert in_both(lambda language: language.upper()) == Text(en="EN", fr="FR")
    assert hours_text(0.4).en == "0\N{NO-BREAK SPACE}hours"
    assert money_text(1.6, None).en == "2"
    one, other = Text(en="deal", fr="affaire"), Text(en="deals", fr="affaires")
    assert counted_text(2, one, other).fr == "2\N{NO-BREAK SPACE}affaires"


def test_an_interval_is_told_only_whole():
    assert share_with_range(0.5, 0.4, None, "en") == "50%"
    assert share_with_range(None, None, None, "en") == "–"
    assert (
        share_with_range(0.5, 0.4, 0.6, "fr") == "50\N{NO-BREAK SPACE}% (40–60\N{NO-BREAK SPACE}%)"
    )
