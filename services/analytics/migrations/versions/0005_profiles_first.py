"""Lets the totals of one profile lie together."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _order("measure, profile_id, day, clock, bucket")


def downgrade() -> None:
    _order("measure, day, clock, bucket, profile_id")


def _order(columns: str) -> None:
    op.execute(
        "ALTER TABLE totals_by_profile DROP CONSTRAINT pk_totals_by_profile,"
        " ADD CONSTRAINT pk_totals_by_profile"
        f" PRIMARY KEY (workspace_id, generation, {columns})"
    )
