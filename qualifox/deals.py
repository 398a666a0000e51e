"""``qualifox deals``: look at a file of deals before anything is learned from it."""

from typing import Annotated

import typer

from qualifox.deals_report import report
from qualifox.options import (
    AsOfOption,
    JsonOption,
    LanguageOption,
    QueryOption,
    SheetOption,
    SourceArgument,
    chosen_day,
    chosen_language,
)
from qualifox.terminal import out, print_json, say

CHECK_FAILED = 1

deals = typer.Typer(help="Look at a file of deals before anything is learned from it.")


@deals.callback()
def group() -> None:
    """Look at a file of deals before anything is learned from it."""


deals.command()(report)


@deals.command()
def inspect(
    file: SourceArgument,
    *,
    preset: Annotated[
        str | None, typer.Option(help="The CRM that it comes from; recognised by default.")
    ] = None,
    query: QueryOption = None,
    sheet: SheetOption = None,
    as_of: AsOfOption = None,
    json: JsonOption = False,
    language: LanguageOption = "en",
) -> int:
    """Show the CRM recognised, what each column is, and how outcomes would be read."""
    from reports.inspection_table import inspection_lines
    from training.inspection import inspect_deals
    from training.sources.location import read_source

    tongue = chosen_language(language)
    raw = read_source(file, query=query, sheet=sheet)
    found = inspect_deals(raw, preset=preset, as_of=chosen_day(as_of))
    if json:
        print_json(found.model_dump(mode="json"))
    else:
        for line in inspection_lines(found, tongue):
            out.print(line, markup=False)
    for problem in found.problems:
        hint = f"\n  hint: {problem.hint}" if problem.hint else ""
        say(f"error: {problem.where}: {problem.what}{hint}")
    return CHECK_FAILED if found.problems else 0
