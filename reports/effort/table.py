"""The effort report in a terminal: the sentence first, then the same tables as the page's."""

from collections.abc import Iterable, Iterator

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text as Line

from features.texts import Language
from reports import numbers
from reports.effort.report import Effort, Group, Spent, UnlikelyWin
from reports.effort.sentences import (
    band_name,
    band_range,
    basis_sentences,
    group_name,
    headline,
    outcome_sentences,
    probability_sentences,
    quarters_note,
    won_note,
)
from reports.effort.words import APART, WHY, WHY_ONE, word
from reports.figures import share_with_range
from reports.typography import day, honest_share, quarter

MOST_WINS = 10
MOST_QUARTERS = 12
Rows = Iterable[tuple[str, Spent]]


def effort_lines(found: Effort, language: Language) -> Iterator[RenderableType]:
    """Return what to print: the sentence, what came of these deals, then table by table."""
    yield Line(headline(found).in_(language), "bold")
    for text in (*outcome_sentences(found), *basis_sentences(found)):
        yield Line(text.in_(language))
    yield _table(found, language, "unwinnable_title", "column_why", _reasons(found, language))
    if found.unwinnable.wins:
        yield _wins(found, language)
    title = "bands_title" if found.bands_by == "value" else "bands_title_p_win"
    yield _table(found, language, title, "column_band", _bands(found, language))
    for kind, groups in (("team", found.teams), ("seller", found.sellers)):
        if groups is not None:
            rows = _groups(groups, language)
            yield _table(found, language, f"{kind}s_title", f"column_{kind}", rows)
    yield from _by_quarter(found, language)
    yield from _apart(found, language)
    if found.source is not None:
        yield Line(f"\n{word('source_title', language)}", "bold")
    for text in probability_sentences(found):
        yield Line(text.in_(language))


def _by_quarter(found: Effort, language: Language) -> Iterator[RenderableType]:
    rows = list(_quarters(found, language))[-MOST_QUARTERS:]
    if rows:
        yield _table(found, language, "quarters_title", "column_quarter", rows, of="_of_quarter")
        at_least = quarters_note(found)
        if at_least is not None:
            yield Line(at_least.in_(language))


def _apart(found: Effort, language: Language) -> Iterator[RenderableType]:
    yield Line(f"\n{word('apart_title', language)}", "bold")
    for one in found.apart:
        colon = "\N{NO-BREAK SPACE}:" if language == "fr" else ":"
        deals = numbers.whole(one.deals, language)
        yield Line(f"{APART[one.kind].in_(language)}{colon} {deals}")


def _reasons(found: Effort, language: Language) -> Iterator[tuple[str, Spent]]:
    for one in found.unwinnable.reasons:
        yield WHY[one.why].in_(language), one.spent
    yield word("all_of_them", language), found.unwinnable.spent


def _bands(found: Effort, language: Language) -> Iterator[tuple[str, Spent]]:
    for one in found.bands:
        ends = band_range(one, found.currency)
        more = "" if ends is None else f"\n{ends.in_(language)}"
        yield band_name(one).in_(language) + more, one.spent


def _groups(groups: tuple[Group, ...], language: Language) -> Iterator[tuple[str, Spent]]:
    for one in groups:
        yield group_name(one).in_(language), one.spent


def _quarters(found: Effort, language: Language) -> Iterator[tuple[str, Spent]]:
    for one in found.quarters:
        name = one.period and quarter(one.period).in_(language)
        yield name or word("no_day", language), one.unwinnable


def _table(
    found: Effort, language: Language, title: str, first: str, rows: Rows, *, of: str = ""
) -> Table:
    names = ["deals", "hours", f"share{of}", "money", "won", "brought"]
    counted = {"money": found.pursued.money, "brought": found.pursued.brought}
    names = [name for name in names if counted.get(name, 0.0) is not None]
    table = _empty(word(title, language))
    table.add_column(word(first, language))
    for name in names:
        table.add_column(word(f"column_{name}", language), justify="right")
    for label, spent in rows:
        cells = _cells(spent, found.currency, language)
        table.add_row(Line(label), *(cells[name.removesuffix(of)] for name in names))
    return table


def _cells(spent: Spent, currency: str | None, language: Language) -> dict[str, str]:
    share = share_with_range(spent.share, spent.share_low, spent.share_high, language)
    hours = None if spent.unknown_hours == spent.deals else spent.hours
    money = None if spent.unknown_money == spent.deals else spent.money
    brought = None if spent.unknown_brought == spent.won else spent.brought
    expected = won_note(spent, language)
    return {
        "deals": numbers.whole(spent.deals, language),
        "hours": _with_unknown(
            numbers.decimal(hours, language, digits=0), spent.unknown_hours, language
        ),
        "share": share,
        "money": _with_unknown(_money(money, currency, language), spent.unknown_money, language),
        "won": numbers.whole(spent.won, language) + (f" ({expected})" if expected else ""),
        "brought": _with_unknown(
            _money(brought, currency, language), spent.unknown_brought, language
        ),
    }


def _with_unknown(told: str, unknown: int, language: Language) -> str:
    if not unknown:
        return told
    return f"{told} + {word('unknown_hours', language, n=numbers.whole(unknown, language))}"


def _money(amount: float | None, currency: str | None, language: Language) -> str:
    return numbers.NOTHING if amount is None else numbers.money(amount, currency, language)


def _wins(found: Effort, language: Language) -> Table:
    table = _empty(word("wins_title", language))
    for name in ("deal", "account", "why"):
        table.add_column(word(f"column_{name}", language))
    for name in ("decided", "p_win", "hours", "one_brought"):
        table.add_column(word(f"column_{name}", language), justify="right")
    for one in found.unwinnable.wins[:MOST_WINS]:
        table.add_row(*_win(one, found.currency, language))
    more = len(found.unwinnable.wins) - MOST_WINS
    if more > 0:
        table.caption = Line(word("more_wins", language, n=numbers.whole(more, language)))
    return table


def _win(one: UnlikelyWin, currency: str | None, language: Language) -> tuple[Line, ...]:
    return tuple(
        Line(text)
        for text in (
            one.name or one.deal or numbers.NOTHING,
            one.account or numbers.NOTHING,
            WHY_ONE[one.why].in_(language),
            day(one.decided_on).in_(language) if one.decided_on else numbers.NOTHING,
            honest_share(one.p_win, language),
            numbers.decimal(one.hours, language, digits=0),
            _money(one.brought, currency, language),
        )
    )


def _empty(title: str) -> Table:
    # Lines, not strings: a label that looks like markup stays what it is.
    return Table(
        title=Line(f"\n{title}", "bold"),
        box=SIMPLE_HEAD,
        pad_edge=False,
        show_edge=False,
        title_justify="left",
        caption_justify="left",
    )
