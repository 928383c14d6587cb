"""What people and teams are called."""

from alembic import op

from shared.db.schema import isolate_by_workspace

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.execute(
        """CREATE TABLE names (
            workspace_id uuid NOT NULL,
            id uuid NOT NULL,
            name text NOT NULL,
            CONSTRAINT pk_names PRIMARY KEY (workspace_id, id)
        )"""
    )
    isolate_by_workspace("names")


def downgrade() -> None:
    op.execute("DROP TABLE names")
