"""How commands speak: stdout is data, stderr is talk, and no bar without a terminal."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

WIDE = 120
"""Columns where nobody looks on: a table in a pipe should not be squeezed into 80."""

out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else WIDE)
err = Console(stderr=True, highlight=False, soft_wrap=True)

STEPS = {
    "read": "reading the deals",
    "judge": "judging on deals it has not seen",
    "fit": "learning from all deals",
    "review": "weighing the evidence",
    "register": "registering",
    "score": "scoring",
}


def say(text: str) -> None:
    """Tell something that is not data."""
    err.print(Text(text))


def print_json(data: Any) -> None:
    """Print data as one line of JSON."""
    out.print(Text(json.dumps(data, ensure_ascii=False, allow_nan=False)))


@contextmanager
def progress() -> Iterator[Callable[[str, float], None]]:
    """Show how far the work is, where somebody looks on."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("", total=1.0)

        def tell(step: str, done: float) -> None:
            bar.update(task, description=STEPS[step], completed=done)

        yield tell
