"""The page of a policy: both languages in one file, safe, small, and nothing loaded."""

import json
import re
from html.parser import HTMLParser

import pytest

from features.policy import parse_policy
from features.texts import LANGUAGES
from reports.policy_html import render_policy
from reports.policy_page import policy_page

VOID = {"meta", "input"}
HOSTILE = "<script>alert('won')</script> & \"{{ 7 * 7 }}\""


class Page(HTMLParser):
    """The words of each language, the tags, and whether they close."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str | None]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: dict[str | None, list[str]] = {}
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("lang")))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if data.strip() and all(tag != "style" for tag, _ in self.open):
            languages = [lang for tag, lang in self.open if tag == "div" and lang]
            self.words.setdefault(languages[-1] if languages else None, []).append(data.strip())

    def text(self, language: str) -> str:
        return " ".join(self.words[language])


@pytest.fixture(scope="module")
def html(machines):
    return render_policy(machines, "fr")


def strings(data):
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for one in data.values():
            yield from strings(one)
    elif isinstance(data, list | tuple):
        for one in data:
            yield from strings(one)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_the_policy_says_is_on_the_page_in_each_language(machines, html, language):
    text = Page(html).text(language)
    data = policy_page(machines, language).to_data()
    del data["language"]
    for amount in data["money"]["amounts"]:
        del amount["name"]  # its label is shown
    missing = [one for one in strings(data) if one and " ".join(one.split(" ")) not in text]
    assert missing == []


def test_the_page_opens_in_the_language_asked_for(machines, html):
    assert '<html lang="fr">' in html
    assert 'id="read-fr" aria-label="Français" checked' in html
    english = render_policy(machines, "en")
    assert 'id="read-en" aria-label="English" checked' in english
    assert english.count(" checked>") == 1


def test_the_style_hides_the_language_that_is_not_chosen(html):
    for chosen, other in (("en", "fr"), ("fr", "en")):
        assert f'#read-{chosen}:checked ~ main > [lang="{other}"]' in html


def test_the_page_loads_and_runs_nothing_and_is_small(html):
    assert not re.search(r"https?:|src=|url\(|@import|<script|<link", html)
    assert not {name for _, attrs in Page(html).tags for name in attrs if name.startswith("on")}
    assert len(html.encode()) < 100_000


def test_tables_and_sections_can_be_heard(html):
    page = Page(html)
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    named = {attrs["aria-labelledby"] for _, attrs in page.tags if "aria-labelledby" in attrs}
    assert named <= set(ids)
    assert all("scope" in attrs for tag, attrs in page.tags if tag == "th")
    assert all("aria-hidden" in attrs for tag, attrs in page.tags if tag == "svg")
    labels = {attrs["for"] for tag, attrs in page.tags if tag == "label"}
    assert labels == {attrs["id"] for tag, attrs in page.tags if tag == "input"}


def test_hostile_words_stay_words():
    text = {"en": HOSTILE, "fr": HOSTILE}
    policy = parse_policy(
        json.dumps(
            {
                "policy": "hostile",
                "title": text,
                "deals": {"outcome": {"column": "Status", "won": ["W"], "lost": ["L"]}},
                "fields": {"answer": {"type": "category", "values": [HOSTILE], "label": text}},
                "criteria": [{"id": "c", "label": text, "when": {"answer": HOSTILE}, "points": 1}],
                "knockouts": [
                    {"id": "k", "when": {"answer": HOSTILE}, "then": {"conditional_go": text},
                     "reason": text, "owner": HOSTILE},
                ],
                "decision": {"go_at": {"p_win": 0.4}},
            }
        ).encode()
    )  # fmt: skip
    html = render_policy(policy, "en")
    assert "<script" not in html
    assert Page(html).text("en").count(HOSTILE) > 6


def test_bars_lie_on_their_side_of_zero(html):
    zero = float(re.findall(r'class="zero" x1="([\d.]+)"', html)[0])
    gains = [float(x) for x in re.findall(r'class="gain" x="([\d.]+)"', html)]
    losses = re.findall(r'class="loss" x="([\d.]+)" y="4" width="([\d.]+)"', html)
    assert gains
    assert all(x == zero for x in gains)
    assert losses
    assert all(float(x) + float(width) == pytest.approx(zero, abs=0.2) for x, width in losses)
