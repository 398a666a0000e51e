"""``qualifox deals``: look at a file of deals before anything is learned from it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualifox.deals_report import report
from qualifox.options import AsOfOption, JsonOption, LanguageOption, chosen_day, chosen_language
from qualifox.terminal import out, print_json, say

if TYPE_CHECKING:
    from training.sources.raw_table import RawTable

CHECK_FAILED = 1

deals = typer.Typer(help="Look at a file of deals before anything is learned from it.")


@deals.callback()
def group() -> None:
    """Look at a file of deals before anything is learned from it."""


deals.command()(report)


@deals.command()
def inspect(
    file: Annotated[Path, typer.Argument(help="A file of deals, as the CRM exports it.")],
    *,
    preset: Annotated[
        str | None, typer.Option(help="The CRM that it comes from; recognised by default.")
    ] = None,
    as_of: AsOfOption = None,
    json: JsonOption = False,
    language: LanguageOption = "en",
) -> int:
    """Show the CRM recognised, what each column is, and how outcomes would be read."""
    from reports.inspection_table import inspection_lines
    from training.inspection import inspect_deals

    tongue = chosen_language(language)
    found = inspect_deals(raw_table(file), preset=preset, as_of=chosen_day(as_of))
    if json:
        print_json(found.model_dump(mode="json"))
    else:
        for line in inspection_lines(found, tongue):
            out.print(line, markup=False)
    for problem in found.problems:
        hint = f"\n  hint: {problem.hint}" if problem.hint else ""
        say(f"error: {problem.where}: {problem.what}{hint}")
    return CHECK_FAILED if found.problems else 0


def raw_table(path: Path) -> "RawTable":
    """Return a file of deals as it is."""
    import pyarrow as pa

    from training.csv_source import read_csv
    from training.sources.raw_table import RawTable

    frame = read_csv(path)
    columns = {
        str(name): pa.array(frame[name].where(frame[name] != "", None), type=pa.string())
        for name in frame.columns
    }
    return RawTable(table=pa.table(columns), where=str(path), first_line=2)
