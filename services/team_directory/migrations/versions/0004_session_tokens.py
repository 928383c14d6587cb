"""Find the newest token of a session, and those that were replaced long ago."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.execute("DROP INDEX ix_session_tokens_session_id")
    op.execute(
        "CREATE INDEX ix_session_tokens_session_id_issued_at"
        " ON session_tokens (session_id, issued_at)"
    )
    op.execute("CREATE INDEX ix_session_tokens_replaced_at ON session_tokens (replaced_at)")


def downgrade() -> None:
    op.execute("DROP INDEX ix_session_tokens_replaced_at")
    op.execute("DROP INDEX ix_session_tokens_session_id_issued_at")
    op.execute("CREATE INDEX ix_session_tokens_session_id ON session_tokens (session_id)")
