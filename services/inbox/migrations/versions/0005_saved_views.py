"""Filters that people save under a name, for themselves or for everybody."""

from alembic import op

from shared.db.schema import isolate_by_workspace

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.execute(
        """CREATE TABLE saved_views (
            workspace_id uuid NOT NULL,
            id uuid NOT NULL,
            owner_id uuid NOT NULL,
            shared boolean NOT NULL,
            name text NOT NULL,
            filters jsonb NOT NULL,
            version integer NOT NULL,
            CONSTRAINT pk_saved_views PRIMARY KEY (workspace_id, id)
        )"""
    )
    op.execute("CREATE INDEX ix_saved_views_by_owner ON saved_views (workspace_id, owner_id)")
    isolate_by_workspace("saved_views")


def downgrade() -> None:
    op.execute("DROP TABLE saved_views")
