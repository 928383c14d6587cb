"""Connected profiles, what opens them, and attempts to connect that are under way."""

from alembic import op

from shared.db.schema import isolate_by_workspace

revision = "0003"
down_revision = "0002"

_TABLES = (
    """CREATE TABLE profiles (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        network text NOT NULL,
        external_id text,
        account_key text,
        handle text NOT NULL,
        display_name text NOT NULL,
        avatar_url text,
        profile_url text,
        base_url text,
        facts jsonb NOT NULL,
        scopes text[] NOT NULL,
        state text NOT NULL,
        code text,
        reason text,
        problems text[] NOT NULL,
        connected_by uuid,
        connected_at timestamptz,
        checked_at timestamptz,
        created_at timestamptz NOT NULL,
        version integer NOT NULL,
        CONSTRAINT pk_profiles PRIMARY KEY (workspace_id, id),
        CONSTRAINT uq_profiles_workspace_id_network_account_key
            UNIQUE (workspace_id, network, account_key),
        CONSTRAINT ck_profiles_never_half_connected
            CHECK ((state = 'connecting') = (account_key IS NULL))
    )""",
    """CREATE TABLE profile_credentials (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        ciphertext bytea NOT NULL,
        key_id text NOT NULL,
        expires_at timestamptz,
        refreshable boolean NOT NULL,
        renewed_at timestamptz NOT NULL,
        CONSTRAINT pk_profile_credentials PRIMARY KEY (workspace_id, id),
        CONSTRAINT fk_profile_credentials_workspace_id_id
            FOREIGN KEY (workspace_id, id)
            REFERENCES profiles (workspace_id, id) ON DELETE CASCADE
    )""",
    """CREATE TABLE connection_attempts (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        profile_id uuid NOT NULL,
        person_id uuid NOT NULL,
        ciphertext bytea NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT pk_connection_attempts PRIMARY KEY (workspace_id, id),
        CONSTRAINT fk_connection_attempts_workspace_id_profile_id
            FOREIGN KEY (workspace_id, profile_id)
            REFERENCES profiles (workspace_id, id) ON DELETE CASCADE
    )""",
)

_NAMES = ("connection_attempts", "profile_credentials", "profiles")


def upgrade() -> None:
    for statement in _TABLES:
        op.execute(statement)
    isolate_by_workspace(*_NAMES)


def downgrade() -> None:
    for name in _NAMES:
        op.execute(f"DROP TABLE {name}")
