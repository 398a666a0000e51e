"""The page behind a code, in both languages."""

import json

import pytest

from features.lint import EXPLANATIONS

PAGES = list(EXPLANATIONS.values())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.code)
def test_a_page_says_all_it_has_in_the_readers_language(page):
    english, french = page.page("en"), page.page("fr")
    for text in (page.title, page.means, page.why, page.mend):
        assert text.en != text.fr
        assert text.en in english
        assert text.fr in french
    for line in (*page.example.splitlines(), *page.mended.splitlines()):
        assert line in english
    assert english.startswith(f"{page.code} ({page.severity})")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.code)
def test_as_data_it_survives_json(page):
    data = page.to_data("fr")
    assert json.loads(json.dumps(data)) == data
    assert data["why"] == page.why.fr


def test_every_severity_is_in_use():
    assert {page.severity for page in PAGES} == {"error", "warning", "note"}
