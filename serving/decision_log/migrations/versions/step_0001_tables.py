"""The four tables. Written out: a step says what was made then, whatever the tables are today."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from serving.decision_log.columns import Moment

revision = "0001"
down_revision = None
NAMES = ("decisions", "outcomes", "overrides", "shadows")


def upgrade() -> None:
    """Make the tables."""
    _table(
        "decisions",
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("facts", sa.Text),
        sa.Column("waivers", sa.Text),
        sa.Column("answer", sa.LargeBinary),
        sa.Column("policy", sa.String(128), nullable=False),
        sa.Column("policy_version", sa.String(200)),
        sa.Column("model", sa.String(128)),
        sa.Column("matrix_schema", sa.String(128)),
        sa.Column("code_version", sa.String(64), nullable=False),
        sa.Column("recommendation", sa.String(16), nullable=False),
        sa.Column("reasons", sa.Text, nullable=False),
        sa.Column("p_win", sa.Float),
        sa.Column("propensity", sa.Float, nullable=False),
        sa.Column("explored", sa.Boolean, nullable=False),
        sa.Column("latency_us", sa.Integer, nullable=False),
        sa.Column("batch_id", sa.String(32)),
        sa.Column("batch_row", sa.Integer),
    )
    op.create_index("ix_decisions_batch_id", "decisions", ["batch_id"])
    _table(
        "outcomes",
        sa.Column("outcome", sa.String(16)),
        sa.Column("closed_on", sa.Date),
        sa.Column("hours", sa.Float),
        sa.Column("revenue", sa.Float),
    )
    _table(
        "overrides",
        sa.Column("by", sa.Text),
        sa.Column("why", sa.Text),
        sa.Column("decided_on", sa.Date),
        sa.Column("until", sa.Date),
        sa.Column("recommended", sa.String(16)),
        sa.Column("done", sa.String(16)),
    )
    _table(
        "shadows",
        sa.Column("policy", sa.String(128), nullable=False),
        sa.Column("model", sa.String(128)),
        sa.Column("recommendation", sa.String(16)),
        sa.Column("p_win", sa.Float),
    )


def downgrade() -> None:
    """Take the tables away, and all that is in them."""
    for name in reversed(NAMES):
        op.drop_table(name)


def _table(name: str, *columns: "sa.Column[Any]") -> None:
    op.create_table(
        name,
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("at", Moment, nullable=False),
        sa.Column("key_id", sa.String(64), nullable=False),
        sa.Column("request_id", sa.String(200), nullable=False),
        sa.Column("idempotency_key", sa.String(200)),
        sa.Column("request_hash", sa.String(64)),
        sa.Column("deal_id", sa.String(200)),
        *columns,
        sa.Column("erased_at", Moment),
        sa.Column("erased_why", sa.Text),
        sa.UniqueConstraint("key_id", "idempotency_key", name=f"{name}_once"),
    )
    op.create_index(f"{name}_deal", name, ["deal_id", "at"])
    op.create_index(f"{name}_at", name, ["at"])
