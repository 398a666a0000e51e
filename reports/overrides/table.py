"""Overrides in a terminal: the book as it stands, and what became of the deals."""

from collections.abc import Iterator, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text as Line

from features.override import Override
from features.texts import Language
from reports import numbers
from reports.overrides.report import Overrides
from reports.overrides.words import override_sentences, word
from reports.refused.table import won_of
from reports.typography import day


def book_lines(overrides: Sequence[Override], language: Language) -> Iterator[RenderableType]:
    """Return the overrides in the order in which they were written."""
    if not overrides:
        yield Line(word("none", language))
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in ("deal", "by", "why", "decided", "until", "instead", "done"):
        table.add_column(word(f"column_{name}", language), overflow="fold")
    for one in overrides:
        days = (day(at.isoformat()).in_(language) for at in (one.decided_on, one.until))
        words = (word(key, language) for key in (one.recommended, one.done))
        table.add_row(Line(one.deal), Line(one.by), Line(one.why), *days, *words)
    yield table


def override_lines(found: Overrides, language: Language) -> Iterator[RenderableType]:
    """Return what to print: what became of the deals, then the roles from a to z."""
    for sentence in override_sentences(found, day(found.as_of)):
        yield Line(sentence.in_(language))
    if not found.roles:
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column(word("column_role", language), overflow="fold")
    for name in ("overrides", "closed", "won"):
        table.add_column(word(f"column_{name}", language), justify="right")
    for one in found.roles:
        rate = numbers.NOTHING if one.rate is None else won_of(one.rate, language)
        counts = (numbers.whole(n, language) for n in (one.overrides, one.closed))
        table.add_row(Line(one.role), *counts, rate)
    yield table
