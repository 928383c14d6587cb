"""Members, roles, teams, invitations, API keys and the audit log of a workspace."""

from alembic import op

from shared.db.schema import isolate_by_workspace

revision = "0002"
down_revision = "0001"

_TABLES = (
    """CREATE TABLE members (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        sight text,
        profile_ids uuid[],
        skills text[] NOT NULL,
        languages text[] NOT NULL,
        working_hours jsonb NOT NULL,
        hours_time_zone text,
        joined_at timestamptz NOT NULL,
        version integer NOT NULL,
        CONSTRAINT pk_members PRIMARY KEY (workspace_id, id)
    )""",
    """CREATE TABLE roles (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        template text,
        name text,
        duties text NOT NULL,
        levels jsonb NOT NULL,
        rights text[] NOT NULL,
        sight text NOT NULL,
        version integer NOT NULL,
        CONSTRAINT pk_roles PRIMARY KEY (workspace_id, id),
        CONSTRAINT uq_roles_workspace_id_template UNIQUE (workspace_id, template),
        CONSTRAINT uq_roles_workspace_id_name UNIQUE (workspace_id, name),
        CONSTRAINT ck_roles_named CHECK ((template IS NULL) <> (name IS NULL))
    )""",
    """CREATE TABLE member_roles (
        workspace_id uuid NOT NULL,
        member_id uuid NOT NULL,
        role_id uuid NOT NULL,
        CONSTRAINT pk_member_roles PRIMARY KEY (workspace_id, member_id, role_id),
        CONSTRAINT fk_member_roles_workspace_id_member_id
            FOREIGN KEY (workspace_id, member_id)
            REFERENCES members (workspace_id, id) ON DELETE CASCADE,
        CONSTRAINT fk_member_roles_workspace_id_role_id
            FOREIGN KEY (workspace_id, role_id) REFERENCES roles (workspace_id, id)
    )""",
    "CREATE INDEX ix_member_roles_workspace_id_role_id ON member_roles (workspace_id, role_id)",
    """CREATE TABLE teams (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        name text NOT NULL,
        lead_id uuid,
        version integer NOT NULL,
        CONSTRAINT pk_teams PRIMARY KEY (workspace_id, id),
        CONSTRAINT uq_teams_workspace_id_name UNIQUE (workspace_id, name)
    )""",
    """CREATE TABLE team_members (
        workspace_id uuid NOT NULL,
        team_id uuid NOT NULL,
        member_id uuid NOT NULL,
        CONSTRAINT pk_team_members PRIMARY KEY (workspace_id, team_id, member_id),
        CONSTRAINT fk_team_members_workspace_id_team_id
            FOREIGN KEY (workspace_id, team_id)
            REFERENCES teams (workspace_id, id) ON DELETE CASCADE,
        CONSTRAINT fk_team_members_workspace_id_member_id
            FOREIGN KEY (workspace_id, member_id)
            REFERENCES members (workspace_id, id) ON DELETE CASCADE
    )""",
    """CREATE INDEX ix_team_members_workspace_id_member_id
        ON team_members (workspace_id, member_id)""",
    """CREATE TABLE invitations (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        email text NOT NULL,
        role_ids uuid[] NOT NULL,
        team_ids uuid[] NOT NULL,
        profile_ids uuid[],
        sight text,
        invited_by uuid NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        accepted_at timestamptz,
        revoked_at timestamptz,
        CONSTRAINT pk_invitations PRIMARY KEY (workspace_id, id)
    )""",
    """CREATE TABLE api_keys (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        name text NOT NULL,
        prefix text NOT NULL,
        creator_id uuid NOT NULL,
        levels jsonb NOT NULL,
        rights text[] NOT NULL,
        profile_ids uuid[],
        created_at timestamptz NOT NULL,
        expires_at timestamptz,
        revoked_at timestamptz,
        used_at timestamptz,
        used_from text,
        CONSTRAINT pk_api_keys PRIMARY KEY (workspace_id, id)
    )""",
    """CREATE TABLE audit_log (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        at timestamptz NOT NULL,
        actor_id uuid,
        actor_kind text NOT NULL,
        action text NOT NULL,
        object_type text NOT NULL,
        object_id uuid NOT NULL,
        ip text,
        user_agent text,
        before jsonb,
        after jsonb,
        CONSTRAINT pk_audit_log PRIMARY KEY (workspace_id, id)
    )""",
)

_NAMES = (
    "audit_log",
    "api_keys",
    "invitations",
    "team_members",
    "teams",
    "member_roles",
    "roles",
    "members",
)


def upgrade() -> None:
    for statement in _TABLES:
        op.execute(statement)
    isolate_by_workspace(*_NAMES)


def downgrade() -> None:
    for name in _NAMES:
        op.execute(f"DROP TABLE {name}")
