"""``qualifox monitor``: how the champion fares with what it did not learn from; fit for cron."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from features.errors import InputError, Problem
from qualifox.home import home_folder
from qualifox.options import (
    AsOfOption,
    DealsOption,
    DryRunOption,
    JsonOption,
    LanguageOption,
    ModelOption,
    QueryOption,
    SheetOption,
    chosen_day,
    chosen_language,
    chosen_model,
)
from qualifox.terminal import out, print_json, say

if TYPE_CHECKING:
    from models.qualifier import Qualifier
    from models.registry import Published, Registry
    from reports.monitoring import Monitoring
    from reports.recalibration import Recalibration


class _Watching(NamedTuple):
    """What was found, and of whom."""

    registry: "Registry"
    published: "Published"
    champion: "Qualifier"
    found: "Monitoring"


def monitor(
    *,
    deals: DealsOption,
    policy: Annotated[
        Path | None,
        typer.Option(help="The policy in use; by default the one the champion was trained under."),
    ] = None,
    model: ModelOption = None,
    query: QueryOption = None,
    sheet: SheetOption = None,
    as_of: AsOfOption = None,
    since: Annotated[
        str | None,
        typer.Option(help="The day of promotion: the charts start anew after it."),
    ] = None,
    page: Annotated[
        Path | None, typer.Option(help="Write the report as a page, in both languages.")
    ] = None,
    recalibrate: Annotated[
        bool,
        typer.Option(help="Where the verdict is recalibrate, add one number to all log-odds."),
    ] = False,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
    language: LanguageOption = "en",
) -> int:
    """Watch the champion: outcomes, drift and calibration; exit 1 where something must be done.

    With --recalibrate, exit 0 where nothing asked for it or it was done, 1 where it was refused.
    """
    from reports.monitoring_page import render_monitoring
    from reports.monitoring_table import monitoring_lines
    from reports.recalibration_words import recalibration_sentence

    tongue, day = chosen_language(language), chosen_day(as_of)
    start = None if since is None else _start(since, day)
    watching = _watched(deals, policy, model, query=query, sheet=sheet, as_of=day, since=start)
    found = watching.found
    done = _recalibrated(watching, dry_run=dry_run) if recalibrate else None
    if page is not None:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(render_monitoring(found, tongue), encoding="utf-8")
    if json:
        more = {} if done is None else {"recalibration": done.to_data()}
        print_json({**found.to_data(), **more})
    else:
        for part in monitoring_lines(found, tongue):
            out.print(part)
        if done is not None:
            out.print(recalibration_sentence(done).in_(tongue), markup=False)
    if page is not None:
        say(f"page: {page}")
    return found.exit_code if done is None else done.exit_code


def _start(text: str, as_of: date) -> date:
    """Return the day that ``--since`` names, which must have been."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        what, hint = f"'{text}' is not a day", "write it like 2026-03-31"
        raise InputError([Problem(where="--since", what=what, hint=hint)]) from None
    if day > as_of:
        what = f"{day} is after {as_of}, the day to pretend to be"
        raise InputError([Problem(where="--since", what=what, hint="--as-of changes that day")])
    return day


def _watched(
    deals: str,
    policy: Path | None,
    model: str | None,
    *,
    query: str | None,
    sheet: str | None,
    as_of: date,
    since: date | None,
) -> _Watching:
    from features.policy import load_policy
    from models.artifact import load_artifact
    from models.qualifier import Qualifier
    from models.registry import Registry
    from training.intake import read_deals
    from training.monitoring.report import monitor as report
    from training.recalibrate import counts_after

    in_use = None if policy is None else load_policy(policy)
    name = model or (in_use.name if in_use is not None else None)
    registry = Registry(home_folder())
    published = chosen_model(registry, name)
    champion = load_artifact(registry.fetch(published))
    in_use = champion.policy if in_use is None else in_use
    on_file = read_deals(deals, in_use, as_of=as_of, needs_outcome=True, query=query, sheet=sheet)
    answering = Qualifier(in_use, champion.model)
    start = counts_after(published, since)
    found = report(on_file, answering, in_use, as_of=as_of, since=start)
    return _Watching(registry, published, champion, found)


def _recalibrated(watching: _Watching, *, dry_run: bool) -> "Recalibration":
    from training.recalibrate import recalibrate

    return recalibrate(
        watching.registry,
        watching.published,
        watching.champion,
        watching.found,
        dry_run=dry_run,
    )
