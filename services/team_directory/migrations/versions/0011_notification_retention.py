"""Lets notifications and mail be cleaned of what is old, and a list be read in its order."""

from alembic import op

from shared.db.schema import create_sweep, drop_sweep

revision = "0011"
down_revision = "0010"

_SWEPT = {
    "notifications": "created_at < before",
    "notification_subjects": "seen_at < before",
    "mails": "created_at < before AND state NOT IN ('pending', 'sending')",
}


def upgrade() -> None:
    op.execute("DROP INDEX ix_notifications_of_person")
    op.execute(
        "CREATE INDEX ix_notifications_of_person"
        " ON notifications (workspace_id, person_id, created_at, id)"
    )
    op.execute("DROP INDEX ix_notifications_created_at")
    op.execute("CREATE INDEX ix_notifications_created_at ON notifications (created_at)")
    op.execute("CREATE INDEX ix_notification_subjects_seen_at ON notification_subjects (seen_at)")
    op.execute("DROP INDEX ix_mails_created_at")
    op.execute("CREATE INDEX ix_mails_created_at ON mails (created_at)")
    for table, old in _SWEPT.items():
        create_sweep(table, f"SELECT ctid FROM {table} WHERE {old} LIMIT most")  # noqa: S608 -- Named above.


def downgrade() -> None:
    for table in _SWEPT:
        drop_sweep(table)
    op.execute("DROP INDEX ix_mails_created_at")
    op.execute("CREATE INDEX ix_mails_created_at ON mails (workspace_id, created_at)")
    op.execute("DROP INDEX ix_notification_subjects_seen_at")
    op.execute("DROP INDEX ix_notifications_created_at")
    op.execute(
        "CREATE INDEX ix_notifications_created_at ON notifications (workspace_id, created_at)"
    )
    op.execute("DROP INDEX ix_notifications_of_person")
    op.execute(
        "CREATE INDEX ix_notifications_of_person ON notifications (workspace_id, person_id, id)"
    )
