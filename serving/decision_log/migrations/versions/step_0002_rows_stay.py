"""The database itself refuses to change a row, except to erase it."""

from alembic import op

revision = "0002"
down_revision = "0001"
NAMES = ("decisions", "outcomes", "overrides", "shadows")
SAYS = "rows of the decision log are not changed"
_CHANGES = "NEW.erased_at IS NULL OR NEW.id <> OLD.id OR NEW.at <> OLD.at"
_FUNCTION = f"""
CREATE FUNCTION qualifox_row_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {_CHANGES} THEN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
"""


def upgrade() -> None:
    """Set a guard on each table."""
    if _is_sqlite():
        for name in NAMES:
            op.execute(
                f"CREATE TRIGGER {name}_stay BEFORE UPDATE ON {name} WHEN {_CHANGES} "
                f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
            )
        return
    op.execute(_FUNCTION)
    for name in NAMES:
        op.execute(
            f"CREATE TRIGGER {name}_stay BEFORE UPDATE ON {name} "
            "FOR EACH ROW EXECUTE FUNCTION qualifox_row_stays()"
        )


def downgrade() -> None:
    """Take the guards away."""
    for name in NAMES:
        op.execute(f"DROP TRIGGER {name}_stay" + ("" if _is_sqlite() else f" ON {name}"))
    if not _is_sqlite():
        op.execute("DROP FUNCTION qualifox_row_stays()")


def _is_sqlite() -> bool:
    return op.get_context().dialect.name == "sqlite"
