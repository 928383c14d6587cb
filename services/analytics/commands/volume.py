"""Counting what is written."""

from services.analytics.domain.periods import day_of
from services.analytics.models import DailyVolume
from services.analytics.repository.volumes import Volumes
from shared.db.transaction import Tx
from shared.events.inbox import InteractionReceived


async def count_interaction(tx: Tx, event: InteractionReceived) -> None:
    """Count what was written on the day on which it was written."""
    await Volumes(tx).increment(
        DailyVolume(
            profile_id=event.profile_id,
            day=day_of(event.written_at),
            kind=event.kind,
            direction=event.direction,
            count=1,
        )
    )
