"""Lets the technical tables be cleaned of what is old."""

from shared.db.schema import create_kernel_2, drop_kernel_2

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    create_kernel_2()


def downgrade() -> None:
    drop_kernel_2()
