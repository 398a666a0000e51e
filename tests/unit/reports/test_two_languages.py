"""Any page may be made of two bodies, of which the reader chooses one without a script."""

from reports.effort.words import word
from reports.two_languages import page_in_two_languages, written_in


def test_both_bodies_are_there_and_the_title_is_escaped():
    html = page_in_two_languages(lambda language: f"<p>{language}</p>", "fr", title="<b>")
    assert "<p>en</p>" in html
    assert "<p>fr</p>" in html
    assert "<title>&lt;b&gt;</title>" in html
    assert 'id="show-fr" checked' in html


def test_it_is_readable_in_the_dark_and_printed_in_the_light():
    html = page_in_two_languages(str, "en", title="t")
    assert "prefers-color-scheme: dark" in html
    assert "@media screen and (prefers-color-scheme: dark)" in html


def test_words_and_numbers_are_of_one_language():
    written = written_in("fr", word)
    assert written["w"]("column_hours") == "Heures"
    assert written["decimal"](1.5) == "1,5"
