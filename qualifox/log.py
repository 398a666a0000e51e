"""``qualifox log``: the decision log's tables, for whoever looks after the database."""

import os
from typing import Annotated

import typer

from qualifox.home import home_folder
from qualifox.log_deals import deals
from qualifox.log_shadow import shadow
from qualifox.terminal import out

log_commands = typer.Typer(help="The decision log: its tables.", no_args_is_help=True)


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


log_commands.command()(deals)
log_commands.command()(shadow)


@log_commands.callback()
def _group() -> None:
    """Keep the log a group of commands, though it has one."""
