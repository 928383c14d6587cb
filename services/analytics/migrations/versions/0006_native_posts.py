"""Posts that were published elsewhere have no post of scheduler."""

from alembic import op

from shared.db.schema import add_index

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.execute("ALTER TABLE measured_posts ALTER COLUMN post_id DROP NOT NULL")
    add_index(
        "ix_measured_posts_external", "measured_posts (workspace_id, profile_id, external_id)"
    )


def downgrade() -> None:
    op.execute("DROP INDEX ix_measured_posts_external")
    op.execute("UPDATE measured_posts SET post_id = id WHERE post_id IS NULL")
    op.execute("ALTER TABLE measured_posts ALTER COLUMN post_id SET NOT NULL")
