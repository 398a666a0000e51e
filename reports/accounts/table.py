"""A ranking of accounts in a terminal."""

from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text as Line

from features.texts import Language
from reports import numbers
from reports.accounts.report import AccountRow, Accounts
from reports.accounts.words import (
    bought_in_words,
    horizon_in_words,
    horizons_shown,
    lead_sentences,
    reachable_in_words,
    word,
)

MOST_ROWS = 30


def accounts_lines(found: Accounts, language: Language) -> Iterator[RenderableType]:
    """Return what to print: what it is, the accounts, and those that are knocked out."""
    for text in lead_sentences(found):
        yield Line(text.in_(language))
    if found.accounts:
        yield _ranking(found, language)
        yield Line(word("unknown_hint", language), "dim")
    else:
        yield Line(word("none", language))
    if found.knocked_out:
        yield _knocked_out(found, language)


def _table(title: str) -> Table:
    return Table(
        title=Line(f"\n{title}", "bold"),
        box=SIMPLE_HEAD,
        pad_edge=False,
        show_edge=False,
        title_justify="left",
    )


def _ranking(found: Accounts, language: Language) -> Table:
    table = _table(word("table_title", language))
    table.add_column(word("column_account", language))
    for name in ("bought", *horizons_shown(found), "reachable", "total"):
        table.add_column(word(f"column_{name}", language), justify="right")
    for row in found.accounts[:MOST_ROWS]:
        table.add_row(*_cells(row, found, language))
    return _ended(table, len(found.accounts), language)


def _cells(row: AccountRow, found: Accounts, language: Language) -> list[Line | str]:
    currency = found.currency
    return [
        Line(row.name),
        bought_in_words(row, currency, language),
        *(
            horizon_in_words(row.horizons[name], currency, language)
            for name in horizons_shown(found)
        ),
        reachable_in_words(row, currency, language),
        numbers.money(row.total, currency, language),
    ]


def _knocked_out(found: Accounts, language: Language) -> Table:
    table = _table(word("knocked_out_title", language))
    table.add_column(word("column_account", language))
    for name in ("bought", "open"):
        table.add_column(word(f"column_{name}", language), justify="right")
    table.add_column(word("column_reason", language))
    for row in found.knocked_out[:MOST_ROWS]:
        table.add_row(
            Line(row.name),
            bought_in_words(row, found.currency, language),
            numbers.whole(row.open_deals, language),
            Line(" · ".join(text.in_(language) for text in row.knocked_out_by)),
        )
    return _ended(table, len(found.knocked_out), language)


def _ended(table: Table, count: int, language: Language) -> Table:
    if count > MOST_ROWS:
        more = numbers.whole(count - MOST_ROWS, language)
        table.caption = Line(word("more_accounts", language, count=more), "dim")
        table.caption_justify = "left"
    return table
