"""Whether the tables are those that this code writes: looked up, without alembic.

Alembic is loaded only where something has to be moved: it takes as long as the rest of the log.
"""

from sqlalchemy import Engine, inspect, text

from serving.decision_log.database import Database
from serving.decision_log.errors import LogError
from serving.decision_log.steps import NEWEST, VERSION_TABLE, unknown

_STEP = text(f"SELECT version_num FROM {VERSION_TABLE}")  # noqa: S608 (our own name)


def step_of(engine: Engine) -> str | None:
    """Return the step that a database is at, None where there is no log yet."""
    if not inspect(engine).has_table(VERSION_TABLE):
        return None
    with engine.connect() as connection:
        return connection.execute(_STEP).scalar_one_or_none()


def require_newest(database: Database) -> None:
    """Refuse tables of another form; a SQLite file is brought to the newest one.

    Raises
    ------
    LogError
        When a PostgreSQL database has to be migrated first: the service may not be allowed to.
    """
    step = step_of(database.reading)
    if step == NEWEST:
        return
    if database.is_sqlite:
        from serving.decision_log.migration import migrate  # noqa: PLC0415 (slow, rarely needed)

        migrate(database.writing)
        return
    if step is not None and step > NEWEST:
        raise unknown(step)
    says = "there is no decision log in this database" if step is None else f"it is at step {step}"
    raise LogError(f"{says}; this Qualifox writes step {NEWEST}\n  hint: qualifox log migrate")
