"""What notifications are about that can be settled, and until when it is."""

from alembic import op

from shared.db.schema import add_index, create_sweep, drop_sweep, isolate_by_workspace

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.execute(
        """CREATE TABLE settled_matters (
            workspace_id uuid NOT NULL,
            matter text NOT NULL,
            settled_at timestamptz NOT NULL,
            seen_at timestamptz NOT NULL,
            CONSTRAINT pk_settled_matters PRIMARY KEY (workspace_id, matter)
        )"""
    )
    op.execute("CREATE INDEX ix_settled_matters_seen_at ON settled_matters (seen_at)")
    isolate_by_workspace("settled_matters")
    create_sweep(
        "settled_matters", "SELECT ctid FROM settled_matters WHERE seen_at < before LIMIT most"
    )
    op.execute("ALTER TABLE notifications ADD COLUMN matter text")
    op.execute("ALTER TABLE notifications ADD COLUMN raised_at timestamptz")
    op.execute("ALTER TABLE notifications ADD COLUMN withdrawn_at timestamptz")
    add_index(
        "ix_notifications_matter", "notifications (workspace_id, matter) WHERE matter IS NOT NULL"
    )


def downgrade() -> None:
    op.execute("DROP INDEX ix_notifications_matter")
    for column in ("withdrawn_at", "raised_at", "matter"):
        op.execute(f"ALTER TABLE notifications DROP COLUMN {column}")
    drop_sweep("settled_matters")
    op.execute("DROP TABLE settled_matters")
