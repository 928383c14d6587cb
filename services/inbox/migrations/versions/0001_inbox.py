"""The kernel's tables and everything of the first inbox."""

from alembic import op

from shared.db.schema import create_kernel_1, drop_kernel_1, isolate_by_workspace

revision = "0001"
down_revision = None

TABLES = (
    "actions",
    "activities",
    "contact_identities",
    "contacts",
    "conversations",
    "deliveries",
    "interaction_versions",
    "interactions",
    "ledgers",
    "members",
    "notes",
    "orphans",
    "profiles",
    "rate_budgets",
    "readers",
    "removed_items",
    "tags",
    "teams",
    "threads",
)
NOT_ISOLATED = ("hook_addresses",)

STATEMENTS = (
    """CREATE TABLE actions (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        profile_id uuid NOT NULL,
        conversation_id uuid NOT NULL,
        interaction_id uuid,
        kind text NOT NULL,
        text text NOT NULL,
        state text NOT NULL,
        priority smallint NOT NULL,
        requested_by uuid,
        requested_at timestamptz NOT NULL,
        first_sent_at timestamptz,
        last_sent_at timestamptz,
        settled_at timestamptz,
        deadline timestamptz NOT NULL,
        attempts integer NOT NULL,
        external_id text,
        permalink text,
        error_code text,
        error_detail text,
        version integer NOT NULL,
        CONSTRAINT pk_actions PRIMARY KEY (workspace_id, id),
        CONSTRAINT ck_actions_state
            CHECK (state IN ('pending', 'sending', 'sent', 'failed', 'unknown', 'cancelled'))
    )""",
    """CREATE INDEX ix_actions_by_conversation
        ON actions (workspace_id, conversation_id, requested_at)""",
    "CREATE INDEX ix_actions_by_external_id ON actions (workspace_id, profile_id, external_id)",
    "CREATE INDEX ix_actions_by_state ON actions (workspace_id, state, requested_at)",
    """CREATE TABLE activities (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        conversation_id uuid NOT NULL,
        version integer NOT NULL,
        at timestamptz NOT NULL,
        actor_id uuid,
        kind text NOT NULL,
        before jsonb NOT NULL,
        after jsonb NOT NULL,
        CONSTRAINT pk_activities PRIMARY KEY (workspace_id, id)
    )""",
    """CREATE INDEX ix_activities_by_conversation
        ON activities (workspace_id, conversation_id, id)""",
    """CREATE TABLE contact_identities (
        workspace_id uuid NOT NULL,
        network text NOT NULL,
        external_id text NOT NULL,
        contact_id uuid NOT NULL,
        handle text NOT NULL,
        display_name text NOT NULL,
        avatar_url text,
        profile_url text,
        blocked_at timestamptz,
        CONSTRAINT pk_contact_identities PRIMARY KEY (workspace_id, network, external_id)
    )""",
    """CREATE INDEX ix_contact_identities_contact
        ON contact_identities (workspace_id, contact_id)""",
    """CREATE TABLE contacts (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        name text NOT NULL,
        avatar_url text,
        tag_ids uuid[] NOT NULL,
        attributes jsonb NOT NULL,
        first_seen_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        version integer NOT NULL,
        CONSTRAINT pk_contacts PRIMARY KEY (workspace_id, id)
    )""",
    """CREATE TABLE conversations (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        profile_id uuid NOT NULL,
        network text NOT NULL,
        thread_id text NOT NULL,
        thread_key text NOT NULL,
        kind text NOT NULL,
        contact_id uuid NOT NULL,
        excerpt text NOT NULL,
        state text NOT NULL,
        snoozed_until timestamptz,
        assignee_id uuid,
        team_id uuid,
        priority integer NOT NULL,
        tag_ids uuid[] NOT NULL,
        opened_at timestamptz NOT NULL,
        last_at timestamptz NOT NULL,
        last_inbound_at timestamptz,
        last_outbound_at timestamptz,
        waiting_since timestamptz,
        handled_at timestamptz,
        handled_by uuid,
        settled_until timestamptz,
        version integer NOT NULL,
        CONSTRAINT pk_conversations PRIMARY KEY (workspace_id, id),
        CONSTRAINT uq_conversations_workspace_id_profile_id_thread_key
            UNIQUE (workspace_id, profile_id, thread_key),
        CONSTRAINT ck_conversations_state CHECK (state IN ('open', 'snoozed', 'handled'))
    )""",
    """CREATE INDEX ix_conversations_by_assignee
        ON conversations (workspace_id, assignee_id, state, last_at, id)""",
    """CREATE INDEX ix_conversations_by_contact
        ON conversations (workspace_id, contact_id, last_at)""",
    """CREATE INDEX ix_conversations_by_profile
        ON conversations (workspace_id, profile_id, last_at, id)""",
    """CREATE INDEX ix_conversations_by_thread
        ON conversations (workspace_id, profile_id, thread_id)""",
    """CREATE INDEX ix_conversations_by_team
        ON conversations (workspace_id, team_id, state, last_at, id)""",
    """CREATE INDEX ix_conversations_by_state
        ON conversations (workspace_id, state, last_at, id)""",
    "CREATE INDEX ix_conversations_newest ON conversations (workspace_id, last_at, id)",
    """CREATE INDEX ix_conversations_waiting
        ON conversations (workspace_id, waiting_since, id) WHERE waiting_since IS NOT NULL""",
    "CREATE INDEX ix_conversations_tags ON conversations USING gin (tag_ids)",
    """CREATE TABLE deliveries (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        profile_id uuid NOT NULL,
        external_id text NOT NULL,
        kind text NOT NULL,
        source text NOT NULL,
        body jsonb NOT NULL,
        received_at timestamptz NOT NULL,
        state text NOT NULL,
        handled_at timestamptz,
        attempts integer NOT NULL,
        error_code text,
        error_detail text,
        CONSTRAINT pk_deliveries PRIMARY KEY (workspace_id, id),
        CONSTRAINT uq_deliveries_workspace_id_profile_id_external_id
            UNIQUE (workspace_id, profile_id, external_id),
        CONSTRAINT ck_deliveries_state CHECK (state IN ('stored', 'handled', 'failed', 'discarded'))
    )""",
    "CREATE INDEX ix_deliveries_failed ON deliveries (workspace_id, id) WHERE state = 'failed'",
    """CREATE INDEX ix_deliveries_waiting
        ON deliveries (workspace_id, profile_id, id) WHERE state = 'stored'""",
    """CREATE TABLE interaction_versions (
        workspace_id uuid NOT NULL,
        interaction_id uuid NOT NULL,
        item_version bigint NOT NULL,
        text text NOT NULL,
        media jsonb NOT NULL,
        seen_at timestamptz NOT NULL,
        CONSTRAINT pk_interaction_versions PRIMARY KEY (workspace_id, interaction_id, item_version)
    )""",
    """CREATE TABLE interactions (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        profile_id uuid NOT NULL,
        conversation_id uuid NOT NULL,
        contact_id uuid NOT NULL,
        external_id text NOT NULL,
        parent_external_id text,
        kind text NOT NULL,
        direction text NOT NULL,
        origin text NOT NULL,
        visibility text NOT NULL,
        author jsonb NOT NULL,
        text text NOT NULL,
        media jsonb NOT NULL,
        language text,
        rating smallint,
        ad_id text,
        permalink text,
        handle jsonb NOT NULL,
        item_version bigint NOT NULL,
        written_at timestamptz NOT NULL,
        edited_at timestamptz,
        received_at timestamptz NOT NULL,
        removed_at timestamptz,
        hidden_at timestamptz,
        liked_at timestamptz,
        action_id uuid,
        words tsvector,
        grams text[] NOT NULL,
        CONSTRAINT pk_interactions PRIMARY KEY (workspace_id, id),
        CONSTRAINT uq_interactions_workspace_id_profile_id_external_id
            UNIQUE (workspace_id, profile_id, external_id)
    )""",
    """CREATE INDEX ix_interactions_by_contact
        ON interactions (workspace_id, contact_id, written_at)""",
    """CREATE INDEX ix_interactions_by_conversation
        ON interactions (workspace_id, conversation_id, written_at)""",
    "CREATE INDEX ix_interactions_grams ON interactions USING gin (grams)",
    "CREATE INDEX ix_interactions_newest ON interactions (workspace_id, written_at, id)",
    "CREATE INDEX ix_interactions_words ON interactions USING gin (words)",
    """CREATE TABLE ledgers (
        workspace_id uuid NOT NULL,
        profile_id uuid NOT NULL,
        received bigint NOT NULL,
        repeated bigint NOT NULL,
        stored bigint NOT NULL,
        handled bigint NOT NULL,
        failed bigint NOT NULL,
        discarded bigint NOT NULL,
        gaps_filled bigint NOT NULL,
        last_event_at timestamptz,
        last_reconciled_at timestamptz,
        health text NOT NULL,
        CONSTRAINT pk_ledgers PRIMARY KEY (workspace_id, profile_id)
    )""",
    """CREATE TABLE members (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        name text NOT NULL,
        email text NOT NULL,
        active boolean NOT NULL,
        profile_ids uuid[],
        CONSTRAINT pk_members PRIMARY KEY (workspace_id, id)
    )""",
    """CREATE TABLE notes (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        conversation_id uuid NOT NULL,
        author_id uuid NOT NULL,
        body text NOT NULL,
        mentions uuid[] NOT NULL,
        created_at timestamptz NOT NULL,
        edited_at timestamptz,
        version integer NOT NULL,
        CONSTRAINT pk_notes PRIMARY KEY (workspace_id, id)
    )""",
    """CREATE INDEX ix_notes_by_conversation
        ON notes (workspace_id, conversation_id, created_at)""",
    """CREATE TABLE orphans (
        workspace_id uuid NOT NULL,
        profile_id uuid NOT NULL,
        external_id text NOT NULL,
        delivery_id uuid NOT NULL,
        awaits text NOT NULL,
        CONSTRAINT pk_orphans PRIMARY KEY (workspace_id, profile_id, external_id, delivery_id)
    )""",
    "CREATE INDEX ix_orphans_awaits ON orphans (workspace_id, profile_id, awaits)",
    """CREATE TABLE profiles (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        network text NOT NULL,
        external_id text NOT NULL,
        handle text NOT NULL,
        display_name text NOT NULL,
        avatar_url text,
        base_url text,
        state text NOT NULL,
        reason text,
        account jsonb,
        scopes text[] NOT NULL,
        CONSTRAINT pk_profiles PRIMARY KEY (workspace_id, id)
    )""",
    """CREATE TABLE rate_budgets (
        workspace_id uuid NOT NULL,
        profile_id uuid NOT NULL,
        bucket text NOT NULL,
        "limit" integer NOT NULL,
        remaining integer NOT NULL,
        reset_at timestamptz NOT NULL,
        CONSTRAINT pk_rate_budgets PRIMARY KEY (workspace_id, profile_id, bucket)
    )""",
    """CREATE TABLE readers (
        workspace_id uuid NOT NULL,
        profile_id uuid NOT NULL,
        stream text NOT NULL,
        cursor text,
        back_filled boolean NOT NULL,
        read_at timestamptz,
        failures integer NOT NULL,
        error_code text,
        error_detail text,
        CONSTRAINT pk_readers PRIMARY KEY (workspace_id, profile_id, stream)
    )""",
    """CREATE TABLE removed_items (
        workspace_id uuid NOT NULL,
        profile_id uuid NOT NULL,
        external_id text NOT NULL,
        removed_at timestamptz NOT NULL,
        CONSTRAINT pk_removed_items PRIMARY KEY (workspace_id, profile_id, external_id)
    )""",
    """CREATE TABLE tags (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        scope text NOT NULL,
        name text NOT NULL,
        color text NOT NULL,
        CONSTRAINT pk_tags PRIMARY KEY (workspace_id, id),
        CONSTRAINT ck_tags_scope CHECK (scope IN ('conversation', 'contact'))
    )""",
    "CREATE UNIQUE INDEX uq_tags_name ON tags (workspace_id, scope, lower(name))",
    """CREATE TABLE teams (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        name text NOT NULL,
        member_ids uuid[] NOT NULL,
        active boolean NOT NULL,
        CONSTRAINT pk_teams PRIMARY KEY (workspace_id, id)
    )""",
    """CREATE TABLE threads (
        workspace_id uuid NOT NULL,
        profile_id uuid NOT NULL,
        thread_id text NOT NULL,
        target jsonb NOT NULL,
        post jsonb,
        active_at timestamptz NOT NULL,
        reconciled_at timestamptz,
        CONSTRAINT pk_threads PRIMARY KEY (workspace_id, profile_id, thread_id)
    )""",
    "CREATE INDEX ix_threads_active ON threads (workspace_id, profile_id, active_at)",
    """CREATE TABLE hook_addresses (
        profile_id uuid NOT NULL,
        workspace_id uuid NOT NULL,
        network text NOT NULL,
        CONSTRAINT pk_hook_addresses PRIMARY KEY (profile_id)
    )""",
)

# Row-level security lets an index be used only with operators that are known to leak nothing, and
# those of full-text and of arrays are not: under it a search reads every row. This function runs as
# the owner, whom the policies let through, and keeps to the workspace of the transaction by itself.
SEARCH = """CREATE FUNCTION search_hits(
        wanted tsquery, pairs text[], stretches text[], latest timestamptz, most integer
    ) RETURNS TABLE (conversation_id uuid, written_at timestamptz)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $body$
    BEGIN
        RETURN QUERY EXECUTE
            'SELECT i.conversation_id, i.written_at FROM interactions i WHERE i.workspace_id = $1'
            || CASE WHEN wanted IS NULL THEN '' ELSE ' AND i.words @@ $2' END
            || CASE WHEN pairs IS NULL THEN '' ELSE ' AND i.grams @> $3' END
            || CASE WHEN stretches IS NULL THEN '' ELSE
                ' AND NOT EXISTS (SELECT 1 FROM unnest($4) AS stretch WHERE strpos(lower(normalize('
                'concat_ws('' '', i.text, i.author->>''display_name'', i.author->>''handle''),'
                ' NFKC)), stretch) = 0)' END
            || CASE WHEN latest IS NULL THEN '' ELSE ' AND i.written_at <= $5' END
            || ' LIMIT $6'
            USING nullif(current_setting('parley.workspace_id', true), '')::uuid,
                wanted, pairs, stretches, latest, most;
    END
    $body$"""


def upgrade() -> None:
    create_kernel_1()
    for statement in STATEMENTS:
        op.execute(statement)
    isolate_by_workspace(*TABLES)
    op.execute(SEARCH)


def downgrade() -> None:
    op.execute("DROP FUNCTION search_hits")
    for table in (*TABLES, *NOT_ISOLATED):
        op.execute(f"DROP TABLE {table}")
    drop_kernel_1()
