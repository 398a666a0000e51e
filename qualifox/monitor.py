"""``qualifox monitor``: how the champion fares with what it did not learn from; fit for cron."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, TypeAlias

import typer

from features.errors import InputError, Problem
from features.texts import Language, Text
from qualifox.home import home_folder
from qualifox.logged import (
    FactsOption,
    FromLogOption,
    MaybeDealsOption,
    deals_of_log,
    require_source,
)
from qualifox.options import (
    AsOfOption,
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
    from features.policy import Policy
    from models.qualifier import Qualifier
    from models.registry import Published, Registry
    from reports.monitoring import Monitoring
    from reports.recalibration import Recalibration
    from training.sources.location import Location

Told: TypeAlias = dict[str, float]
AS_TOLD = Text(
    en="{n} deals were decided by this champion: its p_win is what was told then; {others} were "
    "not, and it is asked about what was known then",
    fr="{n} affaires ont été décidées par ce champion : son p_win est celui annoncé alors ; "
    "{others} ne l'ont pas été, il est interrogé sur ce qu'on savait alors",
)


class _Source(NamedTuple):
    """Where the deals are: a file, the log (``facts`` says which decision counts), or both."""

    deals: str | None
    query: str | None
    sheet: str | None
    facts: str | None
    language: Language

    def read(self, policy: "Policy", champion: "Qualifier") -> "tuple[Location, Told]":
        """Return what there is to read, and what the champion said when it was asked."""
        if self.facts is None:
            return self.deals or "", {}
        source = deals_of_log(
            policy,
            beside=self.deals,
            query=self.query,
            sheet=self.sheet,
            facts=self.facts,
            with_open=True,
            language=self.language,
        )
        told = source.told_by(champion.versions().model)
        n_asked = len(source.deals) - len(told)
        say(AS_TOLD.in_(self.language).format(n=len(told), others=n_asked))
        return source.raw, told


class _Watching(NamedTuple):
    """What was found, and of whom."""

    registry: "Registry"
    published: "Published"
    champion: "Qualifier"
    found: "Monitoring"


def monitor(
    *,
    deals: MaybeDealsOption = None,
    from_log: FromLogOption = False,
    facts: FactsOption = "first",
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

    With --from-log, by the decision log: what was promised when deals were decided, beside how
    they ended.
    With --recalibrate, exit 0 where nothing asked for it or it was done, 1 where it was refused.
    """
    from reports.monitoring_page import render_monitoring
    from reports.monitoring_table import monitoring_lines
    from reports.recalibration_words import recalibration_sentence

    tongue, day = chosen_language(language), chosen_day(as_of)
    start = None if since is None else _start(since, day)
    require_source(deals, from_log=from_log)
    source = _Source(deals, query, sheet, facts if from_log else None, tongue)
    watching = _watched(source, policy, model, as_of=day, since=start)
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
    source: _Source,
    policy: Path | None,
    model: str | None,
    *,
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
    location, told = source.read(in_use, champion)
    on_file = read_deals(
        location, in_use, as_of=as_of, needs_outcome=True, query=source.query, sheet=source.sheet
    )
    answering = Qualifier(in_use, champion.model)
    start = counts_after(published, since)
    found = report(on_file, answering, in_use, as_of=as_of, since=start, told=told)
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
