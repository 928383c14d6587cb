"""The kernel's tables and the daily volume."""

from alembic import op

from shared.db.schema import create_kernel_1, drop_kernel_1, isolate_by_workspace

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_kernel_1()
    op.execute(
        """CREATE TABLE daily_volume (
            workspace_id uuid NOT NULL,
            profile_id uuid NOT NULL,
            day date NOT NULL,
            kind text NOT NULL,
            direction text NOT NULL,
            count integer NOT NULL,
            CONSTRAINT pk_daily_volume
                PRIMARY KEY (workspace_id, profile_id, day, kind, direction)
        )"""
    )
    isolate_by_workspace("daily_volume")


def downgrade() -> None:
    op.execute("DROP TABLE daily_volume")
    drop_kernel_1()
