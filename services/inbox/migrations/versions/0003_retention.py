"""Lets the technical tables, and the deliveries, be cleaned of what is old."""

from alembic import op

from shared.db.schema import create_kernel_2, create_sweep, drop_kernel_2, drop_sweep

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    create_kernel_2()
    # Some bytes for a hundred pages: it costs an arriving delivery nothing.
    op.execute("CREATE INDEX ix_deliveries_received ON deliveries USING brin (received_at)")
    create_sweep(
        "deliveries",
        "SELECT ctid FROM deliveries AS d"
        " WHERE received_at < before AND state IN ('handled', 'discarded')"
        " AND NOT EXISTS (SELECT FROM orphans AS o WHERE o.workspace_id = d.workspace_id"
        " AND o.profile_id = d.profile_id AND o.delivery_id = d.id) LIMIT most",
    )


def downgrade() -> None:
    drop_sweep("deliveries")
    op.execute("DROP INDEX ix_deliveries_received")
    drop_kernel_2()
