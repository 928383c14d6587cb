"""The ledger of mail, and which notifications a mail has told of."""

from alembic import op

from shared.db.schema import isolate_by_workspace

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.execute(
        """CREATE TABLE mails (
            workspace_id uuid NOT NULL,
            id uuid NOT NULL,
            kind text NOT NULL,
            recipient text NOT NULL,
            person_id uuid,
            about_id uuid,
            secret bytea,
            locale text NOT NULL,
            state text NOT NULL,
            code text,
            detail text,
            attempts integer NOT NULL,
            created_at timestamptz NOT NULL,
            settled_at timestamptz,
            CONSTRAINT pk_mails PRIMARY KEY (workspace_id, id),
            CONSTRAINT ck_mails_no_secret_is_kept
                CHECK (secret IS NULL OR state IN ('pending', 'sending'))
        )"""
    )
    op.execute("CREATE INDEX ix_mails_created_at ON mails (workspace_id, created_at)")
    isolate_by_workspace("mails")
    op.execute("ALTER TABLE notifications ADD COLUMN mail_id uuid")
    op.execute(
        """CREATE INDEX ix_notifications_to_mail ON notifications (workspace_id, person_id)
            WHERE read_at IS NULL AND mail_id IS NULL AND email <> 'off'"""
    )
    op.execute(
        """CREATE INDEX ix_notifications_mail_id ON notifications (workspace_id, mail_id)
            WHERE mail_id IS NOT NULL"""
    )


def downgrade() -> None:
    op.execute("DROP INDEX ix_notifications_mail_id")
    op.execute("DROP INDEX ix_notifications_to_mail")
    op.execute("ALTER TABLE notifications DROP COLUMN mail_id")
    op.execute("DROP TABLE mails")
