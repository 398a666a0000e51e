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

from serving.decision_log.steps import NEWEST, VERSION_TABLE, unknown

STEPS = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(7163527)")


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
    target = NEWEST if to is None else to
    steps = _steps()
    known = ["base", *(step.revision for step in reversed([*steps.walk_revisions()]))]
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(_ONE_AT_A_TIME)
        before = _context(connection).get_current_revision()
        for step in (before or "base", target):
            if step not in known:
                raise unknown(step)
        rises = known.index(before or "base") < known.index(target)
        _walk(connection, steps, target, rises=rises)
        return before, _context(connection).get_current_revision()


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
