"""Options that several commands share, and how a model is chosen."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from features.errors import InputError, Problem, RegistryError
from features.texts import LANGUAGES, Language
from qualifox.terminal import say

if TYPE_CHECKING:
    from models.boosting import Effort
    from models.registry import Published, Registry

PolicyOption = Annotated[Path, typer.Option("--policy", help="The policy file.")]
DealsOption = Annotated[
    str,
    typer.Option("--deals", help="The deals: CSV, CSV.gz, Parquet, Excel, or a database URL."),
]
SourceArgument = Annotated[
    str, typer.Argument(help="The deals: CSV, CSV.gz, Parquet, Excel, or a database URL.")
]
QueryOption = Annotated[
    str | None, typer.Option(help="The SQL query, where the deals are in a database.")
]
SheetOption = Annotated[str | None, typer.Option(help="The sheet, where there are several.")]
ModelOption = Annotated[
    str | None, typer.Option("--model", help="The policy's name; by default the latest trained.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else.")]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Say what would happen; change no alias.")
]
AcknowledgeOption = Annotated[
    bool,
    typer.Option(
        "--acknowledge-leak", help="Answer for figures that look too good: no column leaks."
    ),
]
EffortOption = Annotated[
    str,
    typer.Option(
        "--effort",
        help="How much is tried out: quick, normal, or thorough, which searches the settings.",
    ),
]
LanguageOption = Annotated[str, typer.Option("--language", help="en or fr.")]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", help="The day to pretend to be, like 2026-03-31; by default today."),
]


def chosen_day(text: str | None) -> date:
    """Return the day that an option names, today by default: the command line is an edge."""
    if text is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        what, hint = f"'{text}' is not a day", "write it like 2026-03-31"
        raise InputError([Problem(where="--as-of", what=what, hint=hint)]) from None


def chosen_model(registry: "Registry", name: str | None, *, promoted: bool = True) -> "Published":
    """Return the champion that a command works with; says so when it had to choose.

    Unless it must be ``promoted``, the challenger stands in where there is no champion.
    """
    names = registry.model_names()
    if name is None:
        champions = [found for found in names if registry.find(found) is not None]
        if not champions and names and not promoted:
            say(f"model: {names[0]}, a challenger: nothing has been promoted yet")
            return registry.get(names[0], "challenger")
        if not champions:
            hint = "train one: qualifox train --policy FILE --deals FILE"
            raise RegistryError(f"no model has been promoted yet\n  hint: {hint}")
        name = champions[0]
        if len(champions) > 1:
            say(f"model: {name}, the latest trained (--model chooses: {', '.join(champions)})")
    stands_in = not promoted and registry.find(name) is None
    return registry.get(name, "challenger" if stands_in else "champion")


def chosen_language(text: str) -> Language:
    """Return the language that an option names."""
    for language in LANGUAGES:
        if text == language:
            return language
    what, hint = f"'{text}' is not a language of Qualifox", "one of: en, fr"
    raise InputError([Problem(where="--language", what=what, hint=hint)])


def chosen_effort(text: str) -> "Effort":
    """Return the effort that an option names."""
    from models.boosting import EFFORTS

    for effort in EFFORTS:
        if text == effort:
            return effort
    what, hint = f"'{text}' is no effort that Qualifox knows", f"one of: {', '.join(EFFORTS)}"
    raise InputError([Problem(where="--effort", what=what, hint=hint)])
