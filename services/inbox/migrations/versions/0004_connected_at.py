"""Since when a profile is connected: what was written before that is history."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.execute("ALTER TABLE profiles ADD COLUMN connected_at timestamptz")


def downgrade() -> None:
    op.execute("ALTER TABLE profiles DROP COLUMN connected_at")
