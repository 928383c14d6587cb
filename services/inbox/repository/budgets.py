"""What networks say about how much a profile may still do."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from services.inbox.models import RateBudget
from shared.db.transaction import Tx
from shared.networks.types import RateLimit


async def note(tx: Tx, profile_id: UUID, bucket: str, rate: RateLimit | None) -> None:
    """Keep the latest word on a budget."""
    if rate is None:
        return
    values = {"limit": rate.limit, "remaining": rate.remaining, "reset_at": rate.reset_at}
    statement = insert(RateBudget).values(
        workspace_id=tx.workspace_id, profile_id=profile_id, bucket=bucket, **values
    )
    await tx.session.execute(
        statement.on_conflict_do_update(
            index_elements=["workspace_id", "profile_id", "bucket"], set_=values
        )
    )
