"""The tables brought to the form that this code writes, or back; alembic, without its files.

Several processes may start at once: the first one makes the tables, and the others find them.
"""

from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from serving.decision_log.database import Database
from serving.decision_log.errors import LogError

STEPS = Path(__file__).parent / "migrations"
VERSION_TABLE = "qualifox_log_version"
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(7163527)")


def newest() -> str:
    """Return the step that this code writes."""
    return str(_steps().get_current_head())


def step_of(engine: Engine) -> str | None:
    """Return the step that a database is at, None where there is no log yet."""
    with engine.connect() as connection:
        return _context(connection).get_current_revision()


def migrate(engine: Engine, to: str | None = None) -> tuple[str | None, str | None]:
    """Bring the tables to a step, by default to the newest; "base" takes them away.

    Returns
    -------
    tuple
        The step before and the step after; all of the way is gone, or nothing.

    Raises
    ------
    LogError
        When the database is at a step, or is to go to one, that this code does not know.
    """
    target = newest() if to is None else to
    steps = _steps()
    known = ["base", *(step.revision for step in reversed([*steps.walk_revisions()]))]
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(_ONE_AT_A_TIME)
        before = _context(connection).get_current_revision()
        for step in (before or "base", target):
            if step not in known:
                raise _unknown(step)
        rises = known.index(before or "base") < known.index(target)
        _walk(connection, steps, target, rises=rises)
        return before, _context(connection).get_current_revision()


def require_newest(database: Database) -> None:
    """Refuse tables of another form; a SQLite file is brought to the newest one.

    Raises
    ------
    LogError
        When a PostgreSQL database has to be migrated first: the service may not be allowed to.
    """
    if database.is_sqlite:
        migrate(database.writing)
        return
    step = step_of(database.reading)
    if step == newest():
        return
    if step is not None and step > newest():
        raise _unknown(step)
    says = "there is no decision log in this database" if step is None else f"it is at step {step}"
    raise LogError(f"{says}; this Qualifox writes step {newest()}\n  hint: qualifox log migrate")


def _steps() -> ScriptDirectory:
    return ScriptDirectory(str(STEPS))


def _context(connection: Connection) -> MigrationContext:
    return MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})


def _walk(connection: Connection, steps: ScriptDirectory, target: str, *, rises: bool) -> None:
    def way(revision: Any, context: object) -> Any:
        del context
        if rises:
            return steps._upgrade_revs(target, revision)  # noqa: SLF001 (as alembic.command does)
        return steps._downgrade_revs(target, revision)  # noqa: SLF001

    with EnvironmentContext(Config(), steps, fn=way) as environment:
        environment.configure(
            connection=connection, version_table=VERSION_TABLE, transactional_ddl=True
        )
        environment.run_migrations()


def _unknown(step: str) -> LogError:
    what = f"the decision log is at step {step}, or is to go there, and this Qualifox has no such"
    return LogError(f"{what} step\n  hint: a newer Qualifox wrote it; the newest here: {newest()}")
