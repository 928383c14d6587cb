"""Tickets, what they are about, and what is promised."""

from alembic import op

from shared.db.schema import isolate_by_workspace

revision = "0002"
down_revision = "0001"

TABLES = (
    "activities",
    "calendars",
    "clocks",
    "contacts",
    "conversations",
    "messages",
    "notes",
    "policies",
    "teams",
    "tickets",
)

STATEMENTS = (
    "ALTER TABLE members ADD COLUMN profile_ids uuid[]",
    """CREATE TABLE teams (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        name text NOT NULL,
        active boolean NOT NULL,
        CONSTRAINT pk_teams PRIMARY KEY (workspace_id, id)
    )""",
    """CREATE TABLE contacts (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        name text NOT NULL,
        CONSTRAINT pk_contacts PRIMARY KEY (workspace_id, id)
    )""",
    """CREATE TABLE conversations (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        profile_id uuid NOT NULL,
        network text NOT NULL,
        kind text NOT NULL,
        contact_id uuid NOT NULL,
        excerpt text NOT NULL,
        excerpt_at timestamptz,
        state text NOT NULL,
        assignee_id uuid,
        team_id uuid,
        seen_version integer NOT NULL,
        CONSTRAINT pk_conversations PRIMARY KEY (workspace_id, id)
    )""",
    "CREATE INDEX ix_conversations_by_contact ON conversations (workspace_id, contact_id)",
    """CREATE TABLE messages (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        ticket_id uuid NOT NULL,
        direction text NOT NULL,
        kind text NOT NULL,
        excerpt text NOT NULL,
        written_at timestamptz NOT NULL,
        CONSTRAINT pk_messages PRIMARY KEY (workspace_id, id)
    )""",
    "CREATE INDEX ix_messages_by_ticket ON messages (workspace_id, ticket_id, written_at, id)",
    """CREATE TABLE tickets (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        conversation_id uuid NOT NULL,
        profile_id uuid NOT NULL,
        subject text NOT NULL,
        state text NOT NULL,
        priority text NOT NULL,
        assignee_id uuid,
        team_id uuid,
        tags text[] NOT NULL,
        watcher_ids uuid[] NOT NULL,
        opened_at timestamptz NOT NULL,
        opened_by uuid NOT NULL,
        updated_at timestamptz NOT NULL,
        due_at timestamptz,
        clock_at timestamptz NOT NULL,
        policy_id uuid,
        terms jsonb,
        version integer NOT NULL,
        CONSTRAINT pk_tickets PRIMARY KEY (workspace_id, id),
        CONSTRAINT ck_tickets_state
            CHECK (state IN ('open', 'pending', 'on_hold', 'resolved', 'closed')),
        CONSTRAINT ck_tickets_priority CHECK (priority IN ('low', 'normal', 'high', 'urgent'))
    )""",
    """CREATE UNIQUE INDEX uq_tickets_conversation
        ON tickets (workspace_id, conversation_id) WHERE state <> 'closed'""",
    "CREATE INDEX ix_tickets_newest ON tickets (workspace_id, opened_at, id)",
    "CREATE INDEX ix_tickets_by_state ON tickets (workspace_id, state, opened_at, id)",
    """CREATE INDEX ix_tickets_by_assignee
        ON tickets (workspace_id, assignee_id, state, opened_at, id)""",
    "CREATE INDEX ix_tickets_by_team ON tickets (workspace_id, team_id, state, opened_at, id)",
    """CREATE INDEX ix_tickets_by_conversation
        ON tickets (workspace_id, conversation_id, opened_at)""",
    "CREATE INDEX ix_tickets_due ON tickets (workspace_id, due_at, id) WHERE due_at IS NOT NULL",
    """CREATE TABLE notes (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        ticket_id uuid NOT NULL,
        author_id uuid NOT NULL,
        body text NOT NULL,
        mentions uuid[] NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT pk_notes PRIMARY KEY (workspace_id, id)
    )""",
    "CREATE INDEX ix_notes_by_ticket ON notes (workspace_id, ticket_id, id)",
    """CREATE TABLE activities (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        ticket_id uuid NOT NULL,
        version integer NOT NULL,
        at timestamptz NOT NULL,
        actor_id uuid,
        kind text NOT NULL,
        before jsonb NOT NULL,
        after jsonb NOT NULL,
        CONSTRAINT pk_activities PRIMARY KEY (workspace_id, id)
    )""",
    "CREATE INDEX ix_activities_by_ticket ON activities (workspace_id, ticket_id, version)",
    """CREATE TABLE calendars (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        name text NOT NULL,
        body jsonb NOT NULL,
        version integer NOT NULL,
        CONSTRAINT pk_calendars PRIMARY KEY (workspace_id, id)
    )""",
    """CREATE TABLE policies (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        name text NOT NULL,
        calendar_id uuid NOT NULL,
        profile_ids uuid[] NOT NULL,
        goals jsonb NOT NULL,
        version integer NOT NULL,
        CONSTRAINT pk_policies PRIMARY KEY (workspace_id, id)
    )""",
    """CREATE UNIQUE INDEX uq_policies_default
        ON policies (workspace_id) WHERE profile_ids = '{}'""",
    """CREATE TABLE clocks (
        workspace_id uuid NOT NULL,
        ticket_id uuid NOT NULL,
        target text NOT NULL,
        run integer NOT NULL,
        outcome text NOT NULL,
        goal interval,
        measure text,
        since timestamptz,
        spent_wall interval NOT NULL,
        spent_business interval NOT NULL,
        due_at timestamptz,
        near_at timestamptz,
        stopped_at timestamptz,
        near_told boolean NOT NULL,
        missed_told boolean NOT NULL,
        CONSTRAINT pk_clocks PRIMARY KEY (workspace_id, ticket_id, target)
    )""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
    isolate_by_workspace(*TABLES)


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"DROP TABLE {table}")
    op.execute("ALTER TABLE members DROP COLUMN profile_ids")
