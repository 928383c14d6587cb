"""The kernel's tables and the copy of profiles."""

from alembic import op

from shared.db.schema import create_kernel_1, drop_kernel_1, isolate_by_workspace

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_kernel_1()
    op.execute(
        """CREATE TABLE profiles (
            workspace_id uuid NOT NULL,
            id uuid NOT NULL,
            network text NOT NULL,
            handle text NOT NULL,
            display_name text NOT NULL,
            state text NOT NULL,
            CONSTRAINT pk_profiles PRIMARY KEY (workspace_id, id)
        )"""
    )
    isolate_by_workspace("profiles")


def downgrade() -> None:
    op.execute("DROP TABLE profiles")
    drop_kernel_1()
