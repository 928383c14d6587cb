"""The kernel's tables, and people with the ways in which they sign in."""

from alembic import op

from shared.db.schema import create_kernel_1, drop_kernel_1

revision = "0001"
down_revision = None

_TABLES = (
    """CREATE TABLE people (
        id uuid NOT NULL,
        email text NOT NULL,
        name text NOT NULL,
        locale text NOT NULL,
        time_zone text NOT NULL,
        password_hash text,
        created_at timestamptz NOT NULL,
        CONSTRAINT pk_people PRIMARY KEY (id),
        CONSTRAINT uq_people_email UNIQUE (email),
        CONSTRAINT ck_people_email_lower CHECK (email = lower(email))
    )""",
    """CREATE TABLE workspaces (
        id uuid NOT NULL,
        name text NOT NULL,
        time_zone text NOT NULL,
        created_at timestamptz NOT NULL,
        version integer NOT NULL,
        CONSTRAINT pk_workspaces PRIMARY KEY (id)
    )""",
    """CREATE TABLE memberships (
        person_id uuid NOT NULL,
        workspace_id uuid NOT NULL,
        joined_at timestamptz NOT NULL,
        CONSTRAINT pk_memberships PRIMARY KEY (person_id, workspace_id),
        CONSTRAINT fk_memberships_person_id FOREIGN KEY (person_id) REFERENCES people (id),
        CONSTRAINT fk_memberships_workspace_id
            FOREIGN KEY (workspace_id) REFERENCES workspaces (id)
    )""",
    """CREATE TABLE second_factors (
        person_id uuid NOT NULL,
        secret bytea NOT NULL,
        confirmed_at timestamptz,
        last_step bigint NOT NULL,
        CONSTRAINT pk_second_factors PRIMARY KEY (person_id),
        CONSTRAINT fk_second_factors_person_id FOREIGN KEY (person_id) REFERENCES people (id)
    )""",
    """CREATE TABLE recovery_codes (
        person_id uuid NOT NULL,
        digest bytea NOT NULL,
        used_at timestamptz,
        CONSTRAINT pk_recovery_codes PRIMARY KEY (person_id, digest),
        CONSTRAINT fk_recovery_codes_person_id FOREIGN KEY (person_id) REFERENCES people (id)
    )""",
    """CREATE TABLE sessions (
        id uuid NOT NULL,
        person_id uuid NOT NULL,
        created_at timestamptz NOT NULL,
        seen_at timestamptz NOT NULL,
        ip text NOT NULL,
        user_agent text NOT NULL,
        CONSTRAINT pk_sessions PRIMARY KEY (id),
        CONSTRAINT fk_sessions_person_id FOREIGN KEY (person_id) REFERENCES people (id)
    )""",
    "CREATE INDEX ix_sessions_person_id ON sessions (person_id)",
    """CREATE TABLE session_tokens (
        digest bytea NOT NULL,
        session_id uuid NOT NULL,
        issued_at timestamptz NOT NULL,
        used_at timestamptz,
        replaced_at timestamptz,
        CONSTRAINT pk_session_tokens PRIMARY KEY (digest),
        CONSTRAINT fk_session_tokens_session_id
            FOREIGN KEY (session_id) REFERENCES sessions (id) ON DELETE CASCADE
    )""",
    "CREATE INDEX ix_session_tokens_session_id ON session_tokens (session_id)",
    """CREATE TABLE password_resets (
        digest bytea NOT NULL,
        person_id uuid NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT pk_password_resets PRIMARY KEY (digest),
        CONSTRAINT fk_password_resets_person_id FOREIGN KEY (person_id) REFERENCES people (id)
    )""",
    "CREATE INDEX ix_password_resets_person_id ON password_resets (person_id)",
    """CREATE TABLE throttles (
        key text NOT NULL,
        full_at timestamptz NOT NULL,
        CONSTRAINT pk_throttles PRIMARY KEY (key)
    )""",
    "CREATE INDEX ix_throttles_full_at ON throttles (full_at)",
    """CREATE TABLE secret_lookups (
        digest bytea NOT NULL,
        kind text NOT NULL,
        workspace_id uuid NOT NULL,
        target_id uuid NOT NULL,
        CONSTRAINT pk_secret_lookups PRIMARY KEY (digest)
    )""",
    "CREATE INDEX ix_secret_lookups_target_id ON secret_lookups (target_id)",
)

_NAMES = (
    "secret_lookups",
    "throttles",
    "password_resets",
    "session_tokens",
    "sessions",
    "recovery_codes",
    "second_factors",
    "memberships",
    "workspaces",
    "people",
)


def upgrade() -> None:
    create_kernel_1()
    for statement in _TABLES:
        op.execute(statement)


def downgrade() -> None:
    for name in _NAMES:
        op.execute(f"DROP TABLE {name}")
    drop_kernel_1()
