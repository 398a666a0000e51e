"""``qualifox deals report``: what a file of deals is worth, before anything is learned from it."""

from pathlib import Path
from typing import Annotated

import typer

from qualifox.options import (
    JsonOption,
    LanguageOption,
    QueryOption,
    SheetOption,
    SourceArgument,
    chosen_language,
)
from qualifox.terminal import out, print_json, say


def report(
    *,
    file: SourceArgument,
    policy: Annotated[
        Path | None, typer.Option(help="The policy that will be trained under, if there is one.")
    ] = None,
    outcome: Annotated[
        str | None, typer.Option(help="The column that says how deals ended.")
    ] = None,
    query: QueryOption = None,
    sheet: SheetOption = None,
    html: Annotated[
        Path | None, typer.Option(help="Write the report as a page, in both languages.")
    ] = None,
    json: JsonOption = False,
    language: LanguageOption = "en",
) -> None:
    """Say what a file can teach: leaks, twins, gaps, drift, and the columns to use."""
    from features.policy import load_policy
    from reports.data_alerts import alerts
    from reports.data_page import render_data_report
    from reports.data_table import data_lines
    from training.data_report import data_report
    from training.labelled_source import labelled_source
    from training.sources.location import read_source

    tongue = chosen_language(language)
    raw = read_source(file, query=query, sheet=sheet)
    loaded = load_policy(policy) if policy else None
    deals, source = labelled_source(raw, loaded, outcome=outcome)
    found = data_report(deals, source)
    if html is not None:
        page = render_data_report(found, tongue)
        html.write_text(page, encoding="utf-8")
    if json:
        print_json(
            {**found.to_data(), "alerts": [one.model_dump(mode="json") for one in alerts(found)]}
        )
    else:
        for part in data_lines(found, tongue):
            out.print(part)
    if html is not None:
        say(f"page: {html}")
