"""The report on refused deals in a terminal: of whom it speaks, rule by rule, and why."""

from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text as Line

from features.texts import Language
from reports import numbers
from reports.refused.report import Rate, Refused, RefusedDeals
from reports.refused.words import (
    VERDICTS,
    beside_sentences,
    lead_sentences,
    verdict_sentence,
    word,
)
from reports.typography import honest_share, quarter

COLUMNS = ("refused", "drawn", "rate", "chosen", "threshold", "naive")
QUARTERS = 4


def refused_lines(found: Refused, language: Language) -> Iterator[RenderableType]:
    """Return what to print: of whom, each rule's verdict with its figures, the four quarters."""
    for sentence in lead_sentences(found):
        yield Line(sentence.in_(language))
    if not any(one.refused for one in found.rules):
        yield Line(word("nothing_refused", language))
        return
    yield _rules(found, language)
    for one in found.rules:
        if one.refused:
            yield from _told(one, language)
    tested = [one for one in found.rules if one.explored.deals]
    if tested:
        yield _quarters(tested, language)


def won_of(rate: Rate, language: Language) -> str:
    r"""Return wins of closed deals with the interval of the win rate.

    >>> won_of(Rate(deals=9, won=4, effective=9, rate=0.44, low=0.21, high=0.69), "en")
    '4 of 9 (21–69%)'
    """
    part = numbers.part_of(rate.won, rate.deals, language)
    if not rate.deals:
        return numbers.NOTHING
    return f"{part} ({numbers.percent_range(rate.low, rate.high, language)})"


def _rules(found: Refused, language: Language) -> Table:
    table = _table(word("rules_title", language))
    table.add_column(word("column_rule", language), overflow="fold", max_width=34)
    for name in COLUMNS:
        table.add_column(word(f"column_{name}", language), justify="right")
    table.add_column(word("column_verdict", language))
    for one in found.rules:
        table.add_row(
            Line(one.label.in_(language)),
            numbers.whole(one.refused, language),
            numbers.whole(one.recent.deals, language),
            won_of(one.recent, language),
            won_of(one.by_choice, language),
            honest_share(one.threshold, language),
            honest_share(one.naive, language),
            VERDICTS[one.verdict].in_(language),
        )
    return table


def _told(one: RefusedDeals, language: Language) -> Iterator[Line]:
    mark = "▲ " if one.verdict == "work_again" else "  "
    yield Line(mark + verdict_sentence(one).in_(language))
    for sentence in beside_sentences(one):
        yield Line("    " + sentence.in_(language))


def _quarters(tested: list[RefusedDeals], language: Language) -> Table:
    table = _table(word("quarters_title", language))
    table.add_column(word("column_rule", language), overflow="fold", max_width=34)
    table.add_column(word("column_period", language))
    for name in ("refused", "explored", "won"):
        table.add_column(word(f"column_{name}", language), justify="right")
    for one in tested:
        for place, row in enumerate(one.quarters[-QUARTERS:]):
            table.add_row(
                Line("" if place else one.label.in_(language)),
                quarter(row.period).in_(language),
                *(numbers.whole(n, language) for n in (row.refused, row.explored, row.won)),
            )
    return table


def _table(title: str) -> Table:
    return Table(
        title=Line(f"\n{title}", "bold"),
        box=SIMPLE_HEAD,
        pad_edge=False,
        show_edge=False,
        title_justify="left",
    )
