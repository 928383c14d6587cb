"""Partner webhooks: endpoints, secrets, messages, deliveries and attempts."""

from alembic import op

from shared.db.schema import isolate_by_workspace

revision = "0005"
down_revision = "0004"

_TABLES = (
    """CREATE TABLE webhook_endpoints (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        url text NOT NULL,
        description text NOT NULL,
        event_types text[] NOT NULL,
        modules text[] NOT NULL,
        profile_ids uuid[],
        state text NOT NULL,
        reason text,
        state_changed_at timestamptz NOT NULL,
        created_by uuid NOT NULL,
        created_at timestamptz NOT NULL,
        failing_since timestamptz,
        failed_at timestamptz,
        failed_rounds integer NOT NULL,
        rest_until timestamptz,
        version integer NOT NULL,
        CONSTRAINT pk_webhook_endpoints PRIMARY KEY (workspace_id, id)
    )""",
    """CREATE TABLE webhook_secrets (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        endpoint_id uuid NOT NULL,
        ciphertext bytea NOT NULL,
        key_id text NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz,
        CONSTRAINT pk_webhook_secrets PRIMARY KEY (workspace_id, id),
        CONSTRAINT fk_webhook_secrets_workspace_id_endpoint_id
            FOREIGN KEY (workspace_id, endpoint_id)
            REFERENCES webhook_endpoints (workspace_id, id) ON DELETE CASCADE
    )""",
    """CREATE INDEX ix_webhook_secrets_workspace_id_endpoint_id
        ON webhook_secrets (workspace_id, endpoint_id)""",
    """CREATE TABLE webhook_messages (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        type text NOT NULL,
        body bytea NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT pk_webhook_messages PRIMARY KEY (workspace_id, id)
    )""",
    """CREATE INDEX ix_webhook_messages_workspace_id_created_at
        ON webhook_messages (workspace_id, created_at)""",
    """CREATE TABLE webhook_deliveries (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        endpoint_id uuid NOT NULL,
        message_id uuid NOT NULL,
        type text NOT NULL,
        state text NOT NULL,
        tries integer NOT NULL,
        next_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL,
        delivered_at timestamptz,
        last_status integer,
        last_code text,
        CONSTRAINT pk_webhook_deliveries PRIMARY KEY (workspace_id, id),
        CONSTRAINT uq_webhook_deliveries_workspace_id_endpoint_id_message_id
            UNIQUE (workspace_id, endpoint_id, message_id),
        CONSTRAINT fk_webhook_deliveries_workspace_id_message_id
            FOREIGN KEY (workspace_id, message_id)
            REFERENCES webhook_messages (workspace_id, id) ON DELETE CASCADE
    )""",
    """CREATE INDEX ix_webhook_deliveries_workspace_id_message_id
        ON webhook_deliveries (workspace_id, message_id)""",
    """CREATE INDEX ix_webhook_deliveries_waiting
        ON webhook_deliveries (workspace_id, endpoint_id, next_at) WHERE state = 'waiting'""",
    "CREATE INDEX ix_webhook_deliveries_log ON webhook_deliveries (workspace_id, endpoint_id, id)",
    """CREATE INDEX ix_webhook_deliveries_by_state
        ON webhook_deliveries (workspace_id, endpoint_id, state, id)""",
    """CREATE TABLE webhook_attempts (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        delivery_id uuid NOT NULL,
        at timestamptz NOT NULL,
        millis integer NOT NULL,
        status integer,
        code text,
        excerpt text NOT NULL,
        CONSTRAINT pk_webhook_attempts PRIMARY KEY (workspace_id, id),
        CONSTRAINT fk_webhook_attempts_workspace_id_delivery_id
            FOREIGN KEY (workspace_id, delivery_id)
            REFERENCES webhook_deliveries (workspace_id, id) ON DELETE CASCADE
    )""",
    """CREATE INDEX ix_webhook_attempts_workspace_id_delivery_id
        ON webhook_attempts (workspace_id, delivery_id)""",
)

_NAMES = (
    "webhook_attempts",
    "webhook_deliveries",
    "webhook_messages",
    "webhook_secrets",
    "webhook_endpoints",
)


def upgrade() -> None:
    for statement in _TABLES:
        op.execute(statement)
    isolate_by_workspace(*_NAMES)


def downgrade() -> None:
    for name in _NAMES:
        op.execute(f"DROP TABLE {name}")
