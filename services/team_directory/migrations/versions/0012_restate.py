"""Tells what stands to analytics, which hears of profiles since this release."""

from shared.db.schema import restate, restate_no_more

revision = "0012"
down_revision = "0011"

_KIND = "team_directory.restate"


def upgrade() -> None:
    restate(_KIND, "SELECT id AS workspace_id FROM workspaces")


def downgrade() -> None:
    restate_no_more(_KIND)
