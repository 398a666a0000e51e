"""The answer about one deal in a terminal: what to do first, then why, then what it hangs on."""

from collections.abc import Iterator, Mapping

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Words

from models.decision import Recommendation
from reports.answer_page import AnswerPage, Section, Tone

STYLES: Mapping[Recommendation, str] = {
    Recommendation.GO: "bold green",
    Recommendation.CONDITIONAL_GO: "bold yellow",
    Recommendation.FIND_OUT: "bold cyan",
    Recommendation.NO_GO: "bold red",
}
_MARKS: Mapping[Tone, tuple[str, str]] = {
    "plain": ("·", "dim"),
    "bad": ("✗", "red"),
    "warn": ("▲", "yellow"),
}


def answer_lines(page: AnswerPage) -> Iterator[RenderableType]:
    """Return what a terminal prints, part by part.

    Everything people wrote is a line of its own kind, so that what looks like markup stays as it
    is; what a colour says is also said by a mark.
    """
    verdict = (page.verdict, STYLES[page.recommendation])
    yield Words.assemble(verdict, "  ", (page.deal, "bold"), "  ", (page.about, "dim"))
    yield Words(page.why)
    for section in page.sections:
        yield from _section(section)
    yield Words(f"\n{page.foot}", "dim")


def _section(section: Section) -> Iterator[RenderableType]:
    yield Words(f"\n{section.title}", "bold")
    rows = Table.grid(padding=(0, 1))
    for line in section.lines:
        mark, style = _MARKS[line.tone]
        rows.add_row(Words(mark, style), Words(line.text))
    if section.more is not None:
        rows.add_row("", Words(section.more, "dim"))
    yield Padding(rows, (0, 0, 0, 1), expand=False)
