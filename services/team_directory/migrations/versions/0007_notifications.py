"""Notifications, how people want them, and who may see what they are about."""

from alembic import op

from shared.db.schema import isolate_by_workspace

revision = "0007"
down_revision = "0006"

_TABLES = (
    """CREATE TABLE notifications (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        person_id uuid NOT NULL,
        cause text NOT NULL,
        kind text NOT NULL,
        subject_type text NOT NULL,
        subject_id uuid NOT NULL,
        module text NOT NULL,
        profile_id uuid,
        actor_id uuid,
        facts jsonb NOT NULL,
        in_app boolean NOT NULL,
        email text NOT NULL,
        created_at timestamptz NOT NULL,
        read_at timestamptz,
        CONSTRAINT pk_notifications PRIMARY KEY (workspace_id, id),
        CONSTRAINT uq_notifications_workspace_id_person_id_cause
            UNIQUE (workspace_id, person_id, cause),
        CONSTRAINT fk_notifications_workspace_id_person_id
            FOREIGN KEY (workspace_id, person_id)
            REFERENCES members (workspace_id, id) ON DELETE CASCADE
    )""",
    "CREATE INDEX ix_notifications_of_person ON notifications (workspace_id, person_id, id)",
    """CREATE INDEX ix_notifications_unread ON notifications (workspace_id, person_id)
        WHERE read_at IS NULL AND in_app""",
    "CREATE INDEX ix_notifications_created_at ON notifications (workspace_id, created_at)",
    """CREATE TABLE notification_subjects (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        assignee_id uuid,
        team_id uuid,
        version integer NOT NULL,
        seen_at timestamptz NOT NULL,
        CONSTRAINT pk_notification_subjects PRIMARY KEY (workspace_id, id)
    )""",
    """CREATE TABLE notification_preferences (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        choices jsonb NOT NULL,
        digest_at time NOT NULL,
        quiet_from time,
        quiet_until time,
        CONSTRAINT pk_notification_preferences PRIMARY KEY (workspace_id, id),
        CONSTRAINT fk_notification_preferences_workspace_id_id
            FOREIGN KEY (workspace_id, id)
            REFERENCES members (workspace_id, id) ON DELETE CASCADE,
        CONSTRAINT ck_notification_preferences_quiet_whole
            CHECK ((quiet_from IS NULL) = (quiet_until IS NULL))
    )""",
)

_NAMES = ("notification_preferences", "notification_subjects", "notifications")


def upgrade() -> None:
    for statement in _TABLES:
        op.execute(statement)
    isolate_by_workspace(*_NAMES)


def downgrade() -> None:
    for name in _NAMES:
        op.execute(f"DROP TABLE {name}")
