"""Lets what partners were told be cleaned of what is old, with its deliveries and attempts."""

from alembic import op

from shared.db.schema import create_sweep, drop_sweep

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.execute("DROP INDEX ix_webhook_messages_workspace_id_created_at")
    op.execute("CREATE INDEX ix_webhook_messages_created_at ON webhook_messages (created_at)")
    create_sweep(
        "webhook_messages",
        "SELECT ctid FROM webhook_messages WHERE created_at < before"
        " ORDER BY created_at LIMIT most",
    )


def downgrade() -> None:
    drop_sweep("webhook_messages")
    op.execute("DROP INDEX ix_webhook_messages_created_at")
    op.execute(
        "CREATE INDEX ix_webhook_messages_workspace_id_created_at"
        " ON webhook_messages (workspace_id, created_at)"
    )
