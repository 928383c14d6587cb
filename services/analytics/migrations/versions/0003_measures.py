"""What networks count of profiles and posts, and the time zones in which days are."""

from alembic import op

from shared.db.schema import create_sweep, drop_sweep, isolate_by_workspace

revision = "0003"
down_revision = "0002"

_TABLES = {
    "workspaces": """(
        workspace_id uuid NOT NULL,
        time_zone text NOT NULL,
        CONSTRAINT pk_workspaces PRIMARY KEY (workspace_id)
    )""",
    "measured_profiles": """(
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        network text NOT NULL,
        handle text NOT NULL,
        display_name text NOT NULL,
        state text NOT NULL,
        due_at timestamptz NOT NULL,
        resume_at timestamptz,
        measured_at timestamptz,
        problem text,
        failures integer NOT NULL,
        CONSTRAINT pk_measured_profiles PRIMARY KEY (workspace_id, id)
    )""",
    "measured_posts": """(
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        post_id uuid NOT NULL,
        profile_id uuid NOT NULL,
        network text NOT NULL,
        external_id text NOT NULL,
        permalink text,
        excerpt text,
        published_at timestamptz NOT NULL,
        followers bigint,
        due_at timestamptz,
        early_at timestamptz,
        measured_at timestamptz,
        gone_at timestamptz,
        CONSTRAINT pk_measured_posts PRIMARY KEY (workspace_id, id)
    )""",
    "post_snapshots": """(
        workspace_id uuid NOT NULL,
        publication_id uuid NOT NULL,
        at timestamptz NOT NULL,
        counts jsonb NOT NULL,
        names jsonb NOT NULL,
        CONSTRAINT pk_post_snapshots PRIMARY KEY (workspace_id, publication_id, at)
    )""",
    "profile_snapshots": """(
        workspace_id uuid NOT NULL,
        profile_id uuid NOT NULL,
        at timestamptz NOT NULL,
        counts jsonb NOT NULL,
        names jsonb NOT NULL,
        CONSTRAINT pk_profile_snapshots PRIMARY KEY (workspace_id, profile_id, at)
    )""",
    "post_measures": """(
        workspace_id uuid NOT NULL,
        publication_id uuid NOT NULL,
        metric text NOT NULL,
        value double precision NOT NULL,
        provider_name text,
        measured_at timestamptz NOT NULL,
        CONSTRAINT pk_post_measures PRIMARY KEY (workspace_id, publication_id, metric)
    )""",
    "profile_measures": """(
        workspace_id uuid NOT NULL,
        profile_id uuid NOT NULL,
        metric text NOT NULL,
        value bigint NOT NULL,
        provider_name text NOT NULL,
        measured_at timestamptz NOT NULL,
        CONSTRAINT pk_profile_measures PRIMARY KEY (workspace_id, profile_id, metric)
    )""",
    "profile_days": """(
        workspace_id uuid NOT NULL,
        profile_id uuid NOT NULL,
        metric text NOT NULL,
        day date NOT NULL,
        value bigint NOT NULL,
        measured_at timestamptz NOT NULL,
        CONSTRAINT pk_profile_days PRIMARY KEY (workspace_id, profile_id, metric, day)
    )""",
    "content_days": """(
        workspace_id uuid NOT NULL,
        profile_id uuid NOT NULL,
        day date NOT NULL,
        metric text NOT NULL,
        gained bigint NOT NULL,
        CONSTRAINT pk_content_days PRIMARY KEY (workspace_id, profile_id, day, metric)
    )""",
}


def upgrade() -> None:
    for table, columns in _TABLES.items():
        op.execute(f"CREATE TABLE {table} {columns}")
    op.execute(
        "CREATE INDEX ix_measured_posts_due ON measured_posts (workspace_id, profile_id, due_at)"
        " WHERE due_at IS NOT NULL"
    )
    op.execute(
        "CREATE INDEX ix_measured_posts_published"
        " ON measured_posts (workspace_id, published_at, id)"
    )
    op.execute("CREATE INDEX ix_profile_snapshots_at ON profile_snapshots USING brin (at)")
    isolate_by_workspace(*_TABLES)
    create_sweep(
        "profile_snapshots", "SELECT ctid FROM profile_snapshots WHERE at < before LIMIT most"
    )


def downgrade() -> None:
    drop_sweep("profile_snapshots")
    for table in reversed(_TABLES):
        op.execute(f"DROP TABLE {table}")
