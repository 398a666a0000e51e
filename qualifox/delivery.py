"""How a report reaches people: as data, in a terminal, and on a page where one is asked for."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Protocol, TypeVar

import typer
from rich.console import RenderableType

from features.texts import Language
from qualifox.terminal import out, print_json, say

PageOption = Annotated[
    Path | None, typer.Option("--page", help="Write it as a page, in both languages.")
]


class Report(Protocol):
    """A report that is data."""

    def to_data(self) -> object:
        """Return it as plain data."""


Found = TypeVar("Found", bound=Report)


def deliver(
    found: Found,
    language: Language,
    *,
    page: Path | None,
    render: Callable[[Found, Language], str],
    json: bool,
    lines: Callable[[Found, Language], Iterable[RenderableType]],
) -> None:
    """Print a report as JSON or as lines, and write its page; where that is, is said last."""
    if page is not None:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(render(found, language), encoding="utf-8")
    if json:
        print_json(found.to_data())
    else:
        for part in lines(found, language):
            out.print(part)
    if page is not None:
        say(f"page: {page}")
