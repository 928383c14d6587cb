"""The saved views that a person sees, and how much is in each."""

from sqlalchemy import select

from services.inbox.models import SavedView
from services.inbox.queries.conversations import conditions, counted
from services.inbox.repository.visibility import known_views
from services.inbox.schemas.views import SavedViewCount, SavedViewView
from shared.db.transaction import ReadTx
from shared.identity import Identity

_VIEWS = SavedView.__table__.c
_SHOWN = tuple(_VIEWS[name] for name in SavedViewView.model_fields)


async def list_views(read: ReadTx, identity: Identity) -> list[SavedViewView]:
    """One's own and the shared ones, by name."""
    statement = select(*_SHOWN).where(*known_views(identity)).order_by(_VIEWS.name, _VIEWS.id)
    rows = await read.all(statement)
    return [SavedViewView.model_validate(row, from_attributes=True) for row in rows]


async def count_views(read: ReadTx, identity: Identity) -> list[SavedViewCount]:
    views = await list_views(read, identity)
    asked = {str(view.id): conditions(view.filters, identity) for view in views}
    counts = await counted(read, identity, asked)
    return [SavedViewCount(id=view.id, count=counts[str(view.id)]) for view in views]
