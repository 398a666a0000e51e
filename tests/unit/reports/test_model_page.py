"""The page of a model and its figures: whole, in one language, safe, and loading nothing."""

import re
from html.parser import HTMLParser
from typing import get_args
from xml.etree import ElementTree as ET

import pytest

from features.texts import Language, Text
from reports.evaluation import (
    Affordable,
    Baseline,
    CalibrationError,
    CalibrationVerdict,
    Check,
    Cut,
    Forgetting,
    Optimism,
    Segment,
    StrictFuture,
    Windows,
)
from reports.evaluation_words import calibration_words, optimism_words, skill_words
from reports.model_page import loss_ticks, model_figures, render_model
from reports.model_sentences import said_of_parameters, said_of_time
from reports.model_words import WORDS
from reports.training_words import training_lines

HOSTILE = "<script>alert('won')</script> & \"{{ 7 * 7 }}\""


def whole(**changes):
    cut = {"taught": 900, "judged": 300, "log_loss": 0.58, "base_log_loss": 0.64, "auc": 0.71,
           "observed_minus_expected": 0.01}  # fmt: skip
    figures = {
        "split": "time",
        "n_splits": 1,
        "metrics": {"log_loss": 0.58, "skill": 0.094, "auc": 0.71, "calibration_slope": 0.9,
                    "observed_minus_expected": -0.012},
        "spread": {},
        "intervals": {"skill": (0.041, 0.128), "auc": (0.66, 0.75)},
        "held_out": 300,
        "clusters": 180,
        "calibration_error": CalibrationError(
            value=0.05, null_low=0.03, null_high=0.07, null_highest=0.08, p=0.4
        ),
        "calibration": CalibrationVerdict(checks=(
            Check(name="in_the_large", value=-0.012, low=-0.06, high=0.04, allowed=(-0.05, 0.05),
                  passed=True),
            Check(name="slope", value=None, low=None, high=None, allowed=(0.7, 1.4), passed=True),
            Check(name="ece", value=0.12, low=0.03, high=0.07, allowed=(0, 0.08), passed=False),
        )),
        "baselines": tuple(
            Baseline(name=name, deals=300, log_loss=0.64, model_log_loss=0.58, auc=None,
                     model_auc=0.71, gain=0.06, interval=(0.02, 0.1), sure=0.999)
            for name in ("base_rate", "scorecard", "champion", "human")
        ),
        "windows": Windows(cut="2025-05-17", embargo_days=30, taught=900, judged=300, siblings=15,
                           twins_apart=False, burn_in_end="2023-06-17", burn_in_deals=203,
                           burn_in_share=0.08),
        "rolling": (
            Cut(cut="2025-01-19", until="2025-05-17", sampled=True, **cut),
            Cut(cut="2025-05-17", until=None, sampled=False, **cut),
        ),
        "strict_future": StrictFuture(deals=120, log_loss=0.6, base_log_loss=0.61, auc=0.69),
        "optimism": Optimism(taught=900, judged=300, sampled=True, log_loss=0.5, auc=0.78,
                             auc_gap=0.07, auc_error=0.02, log_loss_gap=0.03),
        "segments": (
            Segment(field="urgent", label=Text(en=HOSTILE, fr=HOSTILE), level=True, deals=90,
                    won=0.5, promised=0.3, log_loss=0.6, gap=0.2, interval=(0.1, 0.3), p=0.0004,
                    flagged=True),
            Segment(field="source", label=Text(en="Source", fr="Origine"), level=HOSTILE, deals=90,
                    won=0.3, promised=0.3, log_loss=0.6, gap=0.0, interval=(-0.1, 0.1), p=0.9,
                    flagged=False),
        ),
        "affordable": Affordable(r2=0.11, deals=1200, parameters=14, columns=63,
                                 deals_needed=5400),
        "forgetting": Forgetting(half_life_months=24, tried={0: 0.6, 24: 0.59}),
        "gains": ((0.0, 0.0), (0.5, 0.67), (1.0, 1.0)),
    }  # fmt: skip
    return figures | changes


@pytest.fixture
def full(make_review, make_evaluation):
    def make(**changes):
        return make_review(evaluation=make_evaluation(**whole(**changes)))

    return make


@pytest.fixture(params=get_args(Language))
def language(request):
    return request.param


class Tags(HTMLParser):
    """Whether every tag that opens closes, and what the page would load."""

    def __init__(self, html):
        super().__init__()
        self.open: list[str] = []
        self.loads: list[str | None] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.loads += [v for name, v in attrs if name in {"src", "href"}]
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.words.append(data)


def test_the_page_is_whole_safe_and_loads_nothing(full, language):
    html = render_model(full(), language)
    page = Tags(html)
    assert page.loads == []
    assert "<script" not in html
    assert "49" not in re.findall(r"alert.*?\}\}", html)
    assert "url(" not in html
    assert len(html) < 100_000


def test_no_word_of_the_other_language_is_on_it(full, language):
    text = " ".join(Tags(render_model(full(), language)).words)
    other: Language = "fr" if language == "en" else "en"
    plain = [t for t in WORDS.values() if t.en != t.fr and "{" not in t.en]
    leaked = [t.in_(other) for t in plain if len(t.in_(other)) > 9 and t.in_(other) in text]
    assert leaked == []
    assert "▲" in text


def test_undated_deals_have_a_page_too(full, language):
    html = render_model(
        full(windows=None, rolling=(), optimism=None, strict_future=None, gains=(), baselines=(),
             segments=(), affordable=None, calibration=None, forgetting=None),
        language,
    )  # fmt: skip
    Tags(html)
    assert "2025" not in html


def test_figures_are_files_of_their_own(full, language):
    figures = model_figures(full().evaluation, language)
    assert set(figures) == {"reliability", "gains", "rolling"}
    for svg in figures.values():
        assert ET.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg"
    assert set(model_figures(full(gains=(), rolling=()).evaluation, language)) == {"reliability"}


def test_the_sentences_hold_the_numbers_and_ring_where_they_should(full):
    found = full().evaluation
    said = said_of_time(found, "en")
    text = " ".join(sentence for _, sentence in said)
    for number in ("0.070", "900", "120", "15 later", "203 deals", "24 months"):
        assert number in text
    assert said[0][0]
    quiet = full(optimism=found.optimism.model_copy(update={"auc_gap": 0.05})).evaluation
    assert not said_of_time(quiet, "en")[0][0]
    untold = found.optimism.model_copy(update={"auc_gap": None})
    assert "cannot be told" in optimism_words(untold, "en")
    short = found.windows.model_copy(update={"burn_in_end": None, "burn_in_share": 0.5})
    assert any("50%" in s for alarm, s in said_of_time(full(windows=short).evaluation, "en"))
    nothing = found.affordable.model_copy(update={"deals_needed": None})
    assert "nothing was learned" in str(
        said_of_parameters(full(affordable=nothing).evaluation, "en")
    )


def test_the_terminal_says_skill_calibration_and_optimism(full):
    told = "\n".join(training_lines(full(), language="en"))
    assert "skill 9.4% (4.1% to 12.8%)" in told
    assert "not calibrated: groups are off" in told
    assert "warning: a random split" in told
    assert "0.070" in told
    assert "24 months" in told
    french = "\n".join(training_lines(full(), language="fr"))
    assert "mal calibré" in french
    assert "attention" in french


def test_what_was_not_measured_is_not_said(make_review, make_evaluation):
    bare = make_evaluation()
    assert skill_words(bare, "en") is None
    assert calibration_words(bare, "en") is None
    without = make_evaluation(metrics={"log_loss": 0.6, "skill": 0.1})
    assert skill_words(without, "en") == "10.0%"
    assert loss_ticks(0.3, "fr")[1][1] == "0,2"
