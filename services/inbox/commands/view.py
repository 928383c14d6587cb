"""Saved views: everybody's own, and shared ones of those who may approve."""

from uuid import UUID

from sqlalchemy import func, select

from services.inbox.domain.view import MOST_VIEWS, ViewContent
from services.inbox.errors import (
    SavedViewChangedError,
    SavedViewLimitError,
    SavedViewNotFoundError,
)
from services.inbox.models import SavedView
from services.inbox.repository.visibility import known_views
from shared.db.transaction import Tx
from shared.identity import Identity
from shared.permissions import Level, Module


async def save_view(tx: Tx, identity: Identity, content: ViewContent) -> UUID:
    await _demand_room(tx, identity, content.shared)
    view = SavedView(
        workspace_id=tx.workspace_id,
        id=tx.new_id(),
        owner_id=identity.actor_id,
        shared=content.shared,
        name=content.name,
        filters=dict(content.filters),
    )
    tx.session.add(view)
    return view.id


async def change_view(
    tx: Tx, identity: Identity, view_id: UUID, expected_version: int, content: ViewContent
) -> int:
    """The new version."""
    view = await _load(tx, identity, view_id)
    if view.version != expected_version:
        raise SavedViewChangedError(version=view.version)
    if view.shared != content.shared:
        await _demand_room(tx, identity, content.shared)
    view.name, view.shared, view.filters = content.name, content.shared, dict(content.filters)
    view.version += 1
    return view.version


async def remove_view(tx: Tx, identity: Identity, view_id: UUID) -> None:
    await tx.session.delete(await _load(tx, identity, view_id))


async def _load(tx: Tx, identity: Identity, view_id: UUID) -> SavedView:
    """For a change: one's own, or a shared one for who may share."""
    statement = select(SavedView).where(SavedView.id == view_id, *known_views(identity))
    view = await tx.session.scalar(statement.with_for_update())
    if view is None:
        raise SavedViewNotFoundError
    _demand_sharing(identity, view.shared)
    return view


async def _demand_room(tx: Tx, identity: Identity, shared: bool) -> None:
    _demand_sharing(identity, shared)
    kind = SavedView.shared if shared else SavedView.owner_id == identity.actor_id
    statement = select(func.count()).where(
        SavedView.workspace_id == tx.workspace_id, SavedView.shared == shared, kind
    )
    if (await tx.session.scalar(statement) or 0) >= MOST_VIEWS:
        raise SavedViewLimitError(maximum=MOST_VIEWS)


def _demand_sharing(identity: Identity, shared: bool) -> None:
    if shared:
        identity.demand(Module.INBOX, Level.APPROVE)
