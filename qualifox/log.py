"""``qualifox log``: the decision log, for whoever may read and write its database."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from features.errors import InputError, Problem, printable
from features.fields import written_day
from qualifox.home import home_folder
from qualifox.options import JsonOption
from qualifox.terminal import out, print_json, say

if TYPE_CHECKING:
    from serving.decision_log.log import DecisionLog

SETTLED = timedelta(minutes=5)
"""By then a decision is in the log or never will be: a younger one may be on its way."""
log_commands = typer.Typer(
    help="The decision log: its tables, and what is taken out of it.", no_args_is_help=True
)
LookOption = Annotated[
    bool, typer.Option("--only-look", help="Count the rows, and leave them as they are.")
]


@log_commands.command()
def migrate(
    *,
    to: Annotated[
        str | None,
        typer.Option("--to", help="A step, by default the newest; base takes the tables away."),
    ] = None,
) -> None:
    """Bring the tables of the log (QUALIFOX_LOG) to the form that this Qualifox writes."""
    from serving.decision_log.database import open_database
    from serving.decision_log.migration import migrate as migrate_tables
    from serving.decision_log.settings import LogSettings

    home = home_folder()
    home.mkdir(parents=True, exist_ok=True)
    database = open_database(LogSettings.of(os.environ, home).url)
    try:
        before, after = migrate_tables(database.writing, to)
    finally:
        database.close()
    out.print(f"{before or 'no log'} -> {after or 'no log'}", markup=False)


@log_commands.command()
def export(
    *,
    to: Annotated[Path, typer.Option("--to", help="The folder for the Parquet files.")],
    since: Annotated[
        str | None, typer.Option("--since", help="The first day, like 2026-01-01, in UTC.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", help="The first day that is left out.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Write the log as Parquet, a file for each table; the last five minutes are left out."""
    from serving.decision_log.export import export_parquet
    from serving.decision_log.tables import TABLES

    settled = datetime.now(UTC) - SETTLED
    first, end = _moment("--since", since), _moment("--until", until)
    end = settled if end is None else min(end, settled)
    with _log() as log:
        counts = {}
        for table in TABLES:
            place = to / f"{table.name}.parquet"
            counts[table.name] = export_parquet(log.reader, table, place, since=first, until=end)
    say(f"{to}: what was logged before {end:%Y-%m-%d %H:%M} UTC")
    _tell(counts, json=json)


@log_commands.command()
def show(decision: Annotated[str, typer.Argument(help="The decision's id.")]) -> None:
    """Print a decision as it was logged, with its facts, as JSON."""
    with _log() as log:
        found = log.reader.decision(decision)
    if found is None:
        what, hint = "is not in the log", "an id is told with each answer"
        raise InputError([Problem(where=printable(decision), what=what, hint=hint)])
    print_json(found.to_data())


@log_commands.command()
def prune(
    *,
    before: Annotated[str, typer.Option("--before", help="The first day that is kept, in UTC.")],
    everything: Annotated[
        bool, typer.Option("--everything", help="Outcomes and overrides too; else they stay.")
    ] = False,
    only_look: LookOption = False,
    json: JsonOption = False,
) -> None:
    """Delete the decisions from before a day. They are gone for good, and so are their answers."""
    day = _moment("--before", before) or datetime.min.replace(tzinfo=UTC)
    with _log() as log:
        counts = log.upkeep.prune(day, everything=everything, only_look=only_look)
    say("would be deleted:" if only_look else "deleted:")
    _tell(counts, json=json)


@log_commands.command()
def erase(
    *,
    why: Annotated[str, typer.Option("--why", help="Why, for whoever finds an empty row.")],
    deal: Annotated[str | None, typer.Option("--deal", help="A deal's id.")] = None,
    person: Annotated[
        str | None, typer.Option("--person", help="A name, looked for in every text.")
    ] = None,
    only_look: LookOption = False,
    json: JsonOption = False,
) -> None:
    """Empty what is kept of a deal or a person; what was concluded stays, without of what."""
    if (deal is None) == (person is None):
        what, hint = "one of --deal and --person is given", "say which is to be erased"
        raise InputError([Problem(where="erase", what=what, hint=hint)])
    if not why.strip():
        hint = "some words, like 'asked by letter on 3 May'"
        raise InputError([Problem(where="--why", what="says nothing", hint=hint)])
    at = datetime.now(UTC)
    with _log() as log:
        if deal is not None:
            counts = log.upkeep.erase_deal(deal, why=why, at=at, only_look=only_look)
        else:
            counts = log.upkeep.erase_person(str(person), why=why, at=at, only_look=only_look)
    say("would be emptied:" if only_look else "emptied:")
    _tell(counts, json=json)


@contextmanager
def _log() -> "Iterator[DecisionLog]":
    """Yield the log that there is; a file that is not there is not made.

    Raises
    ------
    LogError
        When there is none, or it does not answer.
    """
    from sqlalchemy.exc import SQLAlchemyError

    from serving.decision_log.database import open_database
    from serving.decision_log.errors import LaterError, LogError
    from serving.decision_log.log import DecisionLog
    from serving.decision_log.settings import LogSettings

    settings = LogSettings.of(os.environ, home_folder())
    database = open_database(settings.url)
    database.close()
    if database.file is not None and not database.file.exists():
        hint = "is QUALIFOX_LOG or QUALIFOX_HOME that of the service?"
        raise LogError(f"{database.file}: there is no decision log\n  hint: {hint}")
    log = DecisionLog.open(settings)
    try:
        yield log
    except (SQLAlchemyError, LaterError) as error:
        cause = type(getattr(error, "orig", error)).__name__
        hint = "is the database there, and may this user do that?"
        raise LogError(f"the decision log does not do it: {cause}\n  hint: {hint}") from None
    finally:
        log.close()


def _moment(option: str, day: str | None) -> datetime | None:
    """Return the start of a day in UTC."""
    if day is None:
        return None
    try:
        return datetime.combine(written_day(day), time(), UTC)
    except ValueError as error:
        what, _, hint = str(error).partition("; ")
        raise InputError([Problem(where=option, what=what, hint=hint or None)]) from None


def _tell(counts: dict[str, int], *, json: bool) -> None:
    if json:
        print_json(counts)
        return
    for name, count in counts.items():
        out.print(f"{name:<10} {count:>9,}", markup=False)
