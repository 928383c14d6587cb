"""Lets a worker find the most urgent of much that is due."""

from shared.db.schema import create_kernel_3, drop_kernel_3

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    create_kernel_3()


def downgrade() -> None:
    drop_kernel_3()
