"""Posts, their publications and the library of pictures."""

from alembic import op

from shared.db.schema import isolate_by_workspace

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute(
        "ALTER TABLE profiles ADD COLUMN account jsonb,"
        " ADD COLUMN scopes text[] NOT NULL DEFAULT '{}'"
    )
    _create_posts()
    _create_publications()
    _create_assets()
    for table in ("posts", "publications", "assets"):
        isolate_by_workspace(table)


def _create_posts() -> None:
    op.execute(
        """CREATE TABLE posts (
            workspace_id uuid NOT NULL,
            id uuid NOT NULL,
            text text NOT NULL,
            media jsonb NOT NULL,
            state text NOT NULL,
            due_at timestamptz,
            zone text,
            wall_time text,
            created_by uuid NOT NULL,
            created_at timestamptz NOT NULL,
            updated_at timestamptz NOT NULL,
            version integer NOT NULL,
            CONSTRAINT pk_posts PRIMARY KEY (workspace_id, id),
            CONSTRAINT ck_posts_state CHECK (state IN ('draft', 'scheduled', 'publishing',
                'published', 'partly_published', 'failed', 'unknown', 'cancelled'))
        )"""
    )
    op.execute("CREATE INDEX ix_posts_by_time ON posts (workspace_id, due_at, id)")
    op.execute("CREATE INDEX ix_posts_newest ON posts (workspace_id, created_at, id)")


def _create_publications() -> None:
    op.execute(
        """CREATE TABLE publications (
            workspace_id uuid NOT NULL,
            id uuid NOT NULL,
            post_id uuid NOT NULL,
            profile_id uuid NOT NULL,
            text text,
            media jsonb,
            fingerprint text NOT NULL,
            state text NOT NULL,
            due_at timestamptz,
            deadline timestamptz,
            key uuid,
            attempts integer NOT NULL,
            first_sent_at timestamptz,
            last_sent_at timestamptz,
            published_at timestamptz,
            settled_at timestamptz,
            external_id text,
            permalink text,
            error_code text,
            error_detail text,
            at_risk boolean NOT NULL,
            risk_code text,
            risk_detail text,
            version integer NOT NULL,
            CONSTRAINT pk_publications PRIMARY KEY (workspace_id, id),
            CONSTRAINT uq_publications_target UNIQUE (workspace_id, post_id, profile_id),
            CONSTRAINT ck_publications_state CHECK (state IN ('draft', 'pending', 'sending',
                'published', 'failed', 'unknown', 'cancelled'))
        )"""
    )
    op.execute(
        "CREATE INDEX ix_publications_by_profile"
        " ON publications (workspace_id, profile_id, state, due_at)"
    )


def _create_assets() -> None:
    op.execute(
        """CREATE TABLE assets (
            workspace_id uuid NOT NULL,
            id uuid NOT NULL,
            name text NOT NULL,
            content_type text NOT NULL,
            size bigint NOT NULL,
            width integer NOT NULL,
            height integer NOT NULL,
            alt text NOT NULL,
            uploaded_by uuid NOT NULL,
            uploaded_at timestamptz NOT NULL,
            CONSTRAINT pk_assets PRIMARY KEY (workspace_id, id)
        )"""
    )
    op.execute("CREATE INDEX ix_assets_newest ON assets (workspace_id, uploaded_at, id)")


def downgrade() -> None:
    for table in ("assets", "publications", "posts"):
        op.execute(f"DROP TABLE {table}")
    op.execute("ALTER TABLE profiles DROP COLUMN account, DROP COLUMN scopes")
