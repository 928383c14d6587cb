"""Whether a person wanted an action, and which interaction a reply became."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute("ALTER TABLE actions ADD COLUMN automated boolean NOT NULL DEFAULT false")
    op.execute("ALTER TABLE actions ADD COLUMN result_id uuid")


def downgrade() -> None:
    op.execute("ALTER TABLE actions DROP COLUMN automated, DROP COLUMN result_id")
