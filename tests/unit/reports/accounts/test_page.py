"""Accounts for people: the page and the terminal say what the ranking holds, and nothing more."""

import re
from io import StringIO

import pytest
from rich.console import Console

from features.texts import Text
from reports.accounts.page import render_accounts
from reports.accounts.report import AccountHorizon, AccountRow, Accounts
from reports.accounts.table import MOST_ROWS, accounts_lines
from reports.accounts.words import (
    bought_in_words,
    horizon_in_words,
    lead_sentences,
    reachable_in_words,
    value_of_row,
)
from tests.unit.reports.test_review_page import Page

HOSTILE = "<script>alert('{{ 7 * 7 }}')</script>"


def horizon(deals=0, revenue=0.0, unknown=0):
    return AccountHorizon(
        deals=deals, expected_revenue=revenue, value=revenue / 10,
        unknown_revenue=unknown, unknown_value=0,
    )  # fmt: skip


def row(name, **changes):
    figures = {
        "name": name,
        "bought": 1_000.0,
        "bought_unknown": 0,
        "horizons": {"soon": horizon(1, 500.0), "later": horizon(2, 300.0, 1),
                     "long": horizon(), "undated": horizon(1, 0.0, 1)},
        "potential": 9_000.0,
        "reachable": 7_000.0,
        "total": 8_800.0,
        "open_deals": 4,
        "refused": 0,
        "knocked_out_by": (),
    }  # fmt: skip
    return AccountRow(**(figures | changes))


def ranking(**changes):
    figures = {
        "policy": "presses",
        "title": Text(en="Presses", fr="Presses"),
        "currency": "EUR",
        "as_of": "2026-12-01",
        "since": "2025-12-01",
        "evidence_level": "plenty",
        "assumed": False,
        "ranked_by": "total",
        "has_potential": True,
        "has_months": True,
        "without_account": 0,
        "accounts": (row("Alpha"), row(HOSTILE, reachable=None, bought_unknown=2)),
        "knocked_out": (
            row("Ill", knocked_out_by=(Text(en="Insolvent customer", fr="Client insolvable"),)),
        ),
    }
    return Accounts(**(figures | changes))


def printed(found, language):
    page = StringIO()
    console = Console(file=page, width=400)
    for part in accounts_lines(found, language):
        console.print(part)
    return page.getvalue()


def test_figures_say_what_they_leave_out():
    one = row("a", bought_unknown=2)
    assert bought_in_words(one, "EUR", "en") == "€1,000 + 2 unknown"
    assert horizon_in_words(one.horizons["later"], "EUR", "fr") == "300\xa0€ + 1 inconnues"
    assert horizon_in_words(one.horizons["undated"], "EUR", "en") == "1 unknown"
    assert horizon_in_words(one.horizons["long"], "EUR", "en") == "–"
    assert reachable_in_words(row("a", reachable=None), "EUR", "en") == "–"
    assert value_of_row(one) == 80


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_holds_both_languages_and_loads_nothing(language):
    html = render_accounts(ranking(), language)
    read = Page(html.replace("<input", "<meta"))
    for one in ("en", "fr"):
        for text in lead_sentences(ranking()):
            assert text.in_(one) in read.words
    assert "<script" not in html
    assert HOSTILE not in html
    assert not re.search(r"(src|href)=|url\(|https?://|@import", html)
    ids = [a["id"] for _, a in read.tags if "id" in a]
    assert len(ids) == len(set(ids))


def test_the_knocked_out_are_shown_with_the_reason():
    read = Page(render_accounts(ranking(), "fr").replace("<input", "<meta"))
    assert "Ill" in read.row("Client insolvable")
    assert "Insolvent customer" in printed(ranking(), "en")
    assert "Knocked out" not in printed(ranking(knocked_out=()), "en")


def test_what_nobody_knows_is_said():
    bare = ranking(has_potential=False, has_months=False, without_account=1_200, assumed=True)
    told = " ".join(text.en for text in lead_sentences(bare))
    for part in ("account_potential", "months_to_close", "1,200 deals", "assumed win rate"):
        assert part in told
    assert "account_potential" not in " ".join(text.en for text in lead_sentences(ranking()))


def test_a_long_ranking_is_cut_in_a_terminal():
    many = ranking(accounts=tuple(row(f"A{n}") for n in range(MOST_ROWS + 5)))
    assert "and 5 more, in the JSON" in printed(many, "en")
    assert printed(ranking(accounts=()), "en").count("No account.") == 1
