"""The page says what the review holds, in one language, safely, and loads nothing."""

import re
from html.parser import HTMLParser
from typing import get_args

import pytest

from features.texts import Language, Text
from reports.numbers import (
    decimal,
    decimal_range,
    part_of,
    percent,
    percent_range,
    points,
    points_of_percent,
    whole,
)
from reports.review import Importance, WinRate
from reports.review_page import along, mean_gap, reliability_groups, render_review
from reports.review_words import WORDS, difference, verdict, word

LANGUAGES = get_args(Language)
VOID = {"meta"}
HOSTILE = "<script>alert('won')</script> & \"{{ 7 * 7 }}\""


class Page(HTMLParser):
    """The page as a reader meets it: its words, its table rows, and whether tags close."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.rows: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append("")

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" in self.open or not data.strip():
            return
        self.words.append(data.strip())
        if "tr" in self.open:
            self.rows[-1] += f" {data.strip()}"

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split(" "))

    def row(self, about: str) -> str:
        return next(row for row in self.rows if f" {about} " in f"{row} ")


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


def test_no_word_of_the_other_language_is_on_the_page(make_review, language):
    page = Page(render_review(make_review(), language)).text
    other: Language = "fr" if language == "en" else "en"
    plain = [text for text in WORDS.values() if text.en != text.fr and "{" not in text.en]
    leaked = [t.in_(other) for t in plain if len(t.in_(other)) > 9 and t.in_(other) in page]
    assert leaked == []
    assert sum(text.in_(language) in page for text in plain) > 40


def test_the_page_says_its_language_and_title(make_review, language):
    review = make_review()
    page = Page(render_review(review, language))
    assert ("html", {"lang": language}) in page.tags
    assert review.title.in_(language) in page.words


def test_the_page_loads_and_runs_nothing_and_is_small(make_review, language):
    html = render_review(make_review(), language)
    page = Page(html)
    assert not re.search(r"https?:|//|src=|url\(|@import|<script|<link", html)
    assert not {name for _, attrs in page.tags for name in attrs if name.startswith("on")}
    assert len(html.encode()) < 100_000


def test_a_page_of_fifty_rules_is_still_small(make_review, make_rule):
    rules = tuple(make_rule(id=f"rule_{place}") for place in range(50))
    assert len(render_review(make_review(rules=rules), "fr").encode()) < 100_000


def test_hostile_labels_stay_words(make_review, make_rule, language):
    text = Text(en=HOSTILE, fr=HOSTILE)
    review = make_review(title=text, rules=(make_rule(label=text),), left_out=(HOSTILE,))
    html = render_review(review, language)
    assert "<script" not in html
    assert Page(html).text.count(HOSTILE) == 4


def test_the_headline_holds_its_figures(make_review, language):
    review = make_review()
    text = Page(render_review(review, language)).text
    assert whole(1448, language) in text
    assert whole(1448 - 227, language) in text
    assert percent(review.base_rate, language) in text
    low, high = review.interval
    assert percent_range(low, high, language) in text
    assert review.policy_fingerprint in text


def test_every_rule_has_its_figures_in_its_row(make_review, language):
    review = make_review()
    page = Page(render_review(review, language))
    for rule in review.rules:
        row = page.row(rule.id)
        assert f"{rate_as_read(rule.met, language)} {rate_as_read(rule.not_met, language)}" in row
        assert rule.label.in_(language) in row
        assert word(rule.kind, language) in row
        assert word(difference(rule), language) in row
        assert points(rule.points, language) in row
        assert percent(rule.answered, language) in row
        assert points_of_percent(rule.contribution, language) in row


def rate_as_read(rate: WinRate, language: Language) -> str:
    interval = f" {percent_range(rate.low, rate.high, language)}" if rate.deals else ""
    deals = part_of(rate.won, rate.deals, language)
    return f"{percent(rate.rate, language)}{interval} {deals}"


def test_the_chart_puts_each_rate_in_its_place(make_review, make_rule, make_win_rate):
    rule = make_rule(met=make_win_rate(3, 4), not_met=make_win_rate(1, 4))
    html = render_review(make_review(rules=(rule,)), "fr")
    assert f'<circle class="met" cx="{along(0.75, 6, 156)}"' in html
    assert f'<path class="not-met" d="M{along(0.25, 6, 156)} ' in html


def test_importance_stands_with_its_range(make_review, make_rule, language):
    several = make_rule(id="several", importance=Importance(mean=0.063, low=-0.015, high=0.079))
    one = make_rule(id="only_one", importance=Importance(mean=0.021, low=None, high=None))
    page = Page(render_review(make_review(rules=(several, one)), language))
    assert f"({decimal_range(-0.015, 0.079, language, digits=3)})" in page.row("several")
    assert page.row("only_one").endswith(decimal(0.021, language, digits=3))


def test_criteria_come_before_knockouts(make_review):
    html = render_review(make_review(), "en")
    assert html.index("<code>existing_client") < html.index("<code>embargo")


def test_a_rate_without_deals_is_a_dash_and_has_no_mark_in_the_chart(make_review, make_rule):
    row = Page(render_review(make_review(), "fr")).row("embargo")
    assert " – 0 sur 0 " in row
    assert "None" not in row
    without = render_review(make_review(rules=()), "en")
    embargo = render_review(make_review(rules=make_review().rules[:1]), "en")
    assert embargo.count("<circle") == without.count("<circle") + 1  # the icon of the knockout


def test_fields_that_no_rule_mentions_are_listed(make_review, language):
    row = Page(render_review(make_review(), language)).row("deal_type")
    assert points_of_percent(0.034, language, signed=False) in row
    assert percent(0.84, language) in row
    assert decimal(0.012, language, digits=3) in row


@pytest.mark.parametrize("part", ["unmentioned", "left_out"])
def test_an_empty_part_says_so(make_review, language, part):
    said = WORDS[f"{part}_none"].in_(language)
    assert said in Page(render_review(make_review(**{part: ()}), language)).text
    assert said not in Page(render_review(make_review(), language)).text


@pytest.mark.parametrize(
    ("log_loss", "knows"), [(0.601, "knows_yes"), (0.690, "knows_perhaps"), (0.705, "knows_no")]
)
def test_the_page_says_plainly_what_the_model_is_worth(
    make_review, make_evaluation, language, log_loss, knows
):
    metrics = {"log_loss": log_loss, "auc": 0.6, "calibration_slope": 1.0}
    confidence = 0.998 if knows == "knows_yes" else 0.61
    evaluation = make_evaluation(metrics=metrics, confidence=confidence)
    text = Page(render_review(make_review(evaluation=evaluation), language)).text
    keys = ("knows_yes", "knows_perhaps", "knows_no")
    assert [key for key in keys if word(key, language) in text] == [knows]
    assert verdict(evaluation, language) in text


def test_metrics_stand_beside_the_base_rate(make_review, make_evaluation, language):
    page = Page(render_review(make_review(), language))
    both = [decimal(loss, language, digits=3) for loss in (0.601, 0.693)]
    assert all(loss in page.row(word("log_loss_note", language)) for loss in both)
    assert part_of(19, 20, language) in page.row(word("splits_won_note", language))
    single = make_evaluation(n_splits=1, splits_won=1, split="time", spread={"log_loss": 0.0})
    assert "±" not in Page(render_review(make_review(evaluation=single), language)).text


def test_a_slope_that_does_not_exist_is_a_dash(make_review, make_evaluation):
    metrics = {"log_loss": 0.7, "auc": 0.5, "calibration_slope": float("nan")}
    html = render_review(make_review(evaluation=make_evaluation(metrics=metrics)), "fr")
    assert "nan" not in html.lower()
    assert Page(html).row(WORDS["calibration_slope_note"].fr).endswith(" – –")


def test_the_figure_says_where_promises_were_kept(make_review, language):
    groups = reliability_groups(make_review())
    assert [group.kept for group in groups] == [True, False]
    assert mean_gap(groups) == pytest.approx(0.21)
    text = Page(render_review(make_review(), language)).text
    assert points_of_percent(0.21, language, signed=False) in text


def test_intervals_count_no_more_deals_than_there_are(make_review):
    """Seen in five tests, a deal is still one deal."""
    few, many = (reliability_groups(make_review(closed_deals=n)) for n in (200, 1448))
    assert few[0].high - few[0].low > many[0].high - many[0].low
    assert [group.estimates for group in few] == [500, 500]


def test_without_held_out_deals_there_is_no_figure(make_review, make_evaluation, language):
    html = render_review(make_review(evaluation=make_evaluation(reliability=())), language)
    assert "<figure" not in html
    assert WORDS["reliability_none"].in_(language) in Page(html).text


def test_tables_and_figures_can_be_heard(make_review, language):
    html = render_review(make_review(), language)
    page = Page(html)
    assert all(attrs.get("scope") in {"row", "col"} for tag, attrs in page.tags if tag == "th")
    assert html.count("<table") == html.count("<caption") == html.count('tabindex="0"')
    ids = {attrs["id"] for _, attrs in page.tags if "id" in attrs}
    named = {attrs["aria-labelledby"] for _, attrs in page.tags if "aria-labelledby" in attrs}
    assert named <= ids
    charts = [attrs for tag, attrs in page.tags if tag == "svg"]
    assert all("aria-hidden" in attrs or attrs.get("role") == "img" for attrs in charts)


def test_colours_have_enough_contrast(make_review):
    colours = dict(
        re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", render_review(make_review(), "en"))
    )
    for ground in ("paper", "tint"):
        for words in ("ink", "soft", "met"):
            assert contrast(colours[words], colours[ground]) >= 4.5
        assert contrast(colours["not-met"], colours[ground]) >= 3


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, after WCAG 2."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
