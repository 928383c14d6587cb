"""Tells what stands to analytics, which hears of publications since this release."""

from shared.db.schema import restate, restate_no_more

revision = "0004"
down_revision = "0003"

_KIND = "scheduler.restate"


def upgrade() -> None:
    restate(_KIND, "SELECT DISTINCT workspace_id FROM posts")


def downgrade() -> None:
    restate_no_more(_KIND)
