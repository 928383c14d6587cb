"""Taking pictures into the library."""

from dataclasses import dataclass
from uuid import UUID

from services.scheduler.domain.library import name_of
from services.scheduler.domain.pictures import Shown
from services.scheduler.models import Asset
from shared.db.transaction import Tx
from shared.identity import Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A picture whose bytes are kept already."""

    asset_id: UUID
    shown: Shown
    size: int
    alt: str


async def add_asset(tx: Tx, identity: Identity, taken: Taken) -> Asset:
    asset = Asset(
        workspace_id=tx.workspace_id,
        id=taken.asset_id,
        name=name_of(taken.asset_id),
        content_type=taken.shown.content_type,
        size=taken.size,
        width=taken.shown.width,
        height=taken.shown.height,
        alt=taken.alt,
        uploaded_by=identity.actor_id,
        uploaded_at=tx.now,
    )
    tx.session.add(asset)
    await tx.session.flush()
    return asset
