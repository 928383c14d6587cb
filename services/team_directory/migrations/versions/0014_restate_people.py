"""Tells who is there to analytics, which names people and teams since this release."""

from shared.db.schema import restate, restate_no_more

revision = "0014"
down_revision = "0013"

_KINDS = ("team_directory.members.restate", "team_directory.teams.restate")


def upgrade() -> None:
    for kind in _KINDS:
        restate(kind, "SELECT id AS workspace_id FROM workspaces")


def downgrade() -> None:
    for kind in _KINDS:
        restate_no_more(kind)
