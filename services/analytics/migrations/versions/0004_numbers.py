"""Kept events, measurements and what they add up to."""

from alembic import op

from shared.db.schema import isolate_by_workspace

revision = "0004"
down_revision = "0003"

_TABLES = {
    "kept_events": """CREATE TABLE kept_events (
        workspace_id uuid NOT NULL,
        subject_id uuid NOT NULL,
        event_id uuid NOT NULL,
        at timestamptz NOT NULL,
        type text NOT NULL,
        body bytea NOT NULL,
        CONSTRAINT pk_kept_events PRIMARY KEY (workspace_id, subject_id, event_id)
    )""",
    "subjects": """CREATE TABLE subjects (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        profile_id uuid NOT NULL,
        assignee_id uuid NOT NULL,
        team_id uuid NOT NULL,
        version integer NOT NULL,
        CONSTRAINT pk_subjects PRIMARY KEY (workspace_id, id)
    )""",
    "books": """CREATE TABLE books (
        workspace_id uuid NOT NULL,
        generation integer NOT NULL,
        state text NOT NULL,
        settings jsonb NOT NULL,
        begun_at timestamptz NOT NULL,
        finished_at timestamptz,
        CONSTRAINT pk_books PRIMARY KEY (workspace_id, generation)
    )""",
    "measurements": """CREATE TABLE measurements (
        workspace_id uuid NOT NULL,
        generation integer NOT NULL,
        subject_id uuid NOT NULL,
        measure text NOT NULL,
        item_id uuid NOT NULL,
        at timestamptz NOT NULL,
        day date NOT NULL,
        hour smallint NOT NULL,
        profile_id uuid NOT NULL,
        kind text NOT NULL,
        person_id uuid NOT NULL,
        team_id uuid NOT NULL,
        off boolean NOT NULL,
        wall integer,
        business integer,
        CONSTRAINT pk_measurements
            PRIMARY KEY (workspace_id, generation, subject_id, measure, item_id)
    )""",
    "totals_by_day": """CREATE TABLE totals_by_day (
        workspace_id uuid NOT NULL,
        generation integer NOT NULL,
        measure text NOT NULL,
        day date NOT NULL,
        clock text NOT NULL,
        bucket smallint NOT NULL,
        count integer NOT NULL,
        total bigint NOT NULL,
        CONSTRAINT pk_totals_by_day
            PRIMARY KEY (workspace_id, generation, measure, day, clock, bucket)
    )""",
    "totals_by_profile": """CREATE TABLE totals_by_profile (
        workspace_id uuid NOT NULL,
        generation integer NOT NULL,
        measure text NOT NULL,
        day date NOT NULL,
        clock text NOT NULL,
        bucket smallint NOT NULL,
        profile_id uuid NOT NULL,
        count integer NOT NULL,
        total bigint NOT NULL,
        CONSTRAINT pk_totals_by_profile
            PRIMARY KEY (workspace_id, generation, measure, day, clock, bucket, profile_id)
    )""",
    "totals_by_detail": """CREATE TABLE totals_by_detail (
        workspace_id uuid NOT NULL,
        generation integer NOT NULL,
        measure text NOT NULL,
        day date NOT NULL,
        clock text NOT NULL,
        bucket smallint NOT NULL,
        profile_id uuid NOT NULL,
        hour smallint NOT NULL,
        kind text NOT NULL,
        person_id uuid NOT NULL,
        team_id uuid NOT NULL,
        count integer NOT NULL,
        total bigint NOT NULL,
        CONSTRAINT pk_totals_by_detail
            PRIMARY KEY (workspace_id, generation, measure, day, clock, bucket, profile_id, hour,
                kind, person_id, team_id)
    )""",
}


def upgrade() -> None:
    for statement in _TABLES.values():
        op.execute(statement)
    op.execute(
        "CREATE UNIQUE INDEX uq_books_current ON books (workspace_id) WHERE state = 'current'"
    )
    op.execute(
        "CREATE INDEX ix_measurements_newest"
        " ON measurements (workspace_id, generation, measure, at, item_id)"
    )
    isolate_by_workspace(*_TABLES)


def downgrade() -> None:
    for table in _TABLES:
        op.execute(f"DROP TABLE {table}")
