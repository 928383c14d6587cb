"""Turns what commands return into bodies where the two differ in shape."""

from collections.abc import Sequence

from services.inbox.commands.change import Changed, Refused
from services.inbox.schemas.work import BulkItemView, BulkView


def bulk_view(results: Sequence[Changed | Refused]) -> BulkView:
    return BulkView(items=[_item(result) for result in results])


def _item(result: Changed | Refused) -> BulkItemView:
    if isinstance(result, Refused):
        return BulkItemView(
            conversation_id=result.conversation_id,
            outcome="refused",
            code=result.error.code,
            detail=result.error.detail,
        )
    return BulkItemView(
        conversation_id=result.conversation_id,
        outcome="changed" if result.after else "unchanged",
        version=result.version,
        before=dict(result.before),
    )
