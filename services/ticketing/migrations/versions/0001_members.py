"""The kernel's tables and the copy of members."""

from alembic import op

from shared.db.schema import create_kernel_1, drop_kernel_1, isolate_by_workspace

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_kernel_1()
    op.execute(
        """CREATE TABLE members (
            workspace_id uuid NOT NULL,
            id uuid NOT NULL,
            name text NOT NULL,
            email text NOT NULL,
            active boolean NOT NULL,
            CONSTRAINT pk_members PRIMARY KEY (workspace_id, id)
        )"""
    )
    isolate_by_workspace("members")


def downgrade() -> None:
    op.execute("DROP TABLE members")
    drop_kernel_1()
