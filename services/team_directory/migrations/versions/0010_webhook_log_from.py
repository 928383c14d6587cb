"""From when on the log of an endpoint may be shown to whoever may see the endpoint."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.execute("ALTER TABLE webhook_endpoints ADD COLUMN log_from timestamptz")


def downgrade() -> None:
    op.execute("ALTER TABLE webhook_endpoints DROP COLUMN log_from")
