"""Routes that read conversations: lists, search, counts, one with all that belongs to it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from services.inbox import errors
from services.inbox.api.dependencies import KnownNetworks
from services.inbox.queries import actions, conversations, reading, search
from services.inbox.schemas import conversations as bodies
from shared.http.pages import DEFAULT_LIMIT, CursorError, Page, PageCursor, PageLimit
from shared.http.problems import answers
from shared.http.unit_of_work import CurrentIdentity, Reading, UnitOfWorkRoute, requires
from shared.identity import PermissionMissingError
from shared.permissions import Level, Module

router = APIRouter(
    route_class=UnitOfWorkRoute, tags=["inbox"], dependencies=[requires(Module.INBOX, Level.VIEW)]
)
_NOT_THERE = answers(PermissionMissingError, errors.ConversationNotFoundError)


@router.get(
    "/conversations",
    operation_id="list_conversations",
    responses=answers(PermissionMissingError, CursorError, errors.SearchTooSlowError),
)
async def list_conversations(
    read: Reading, identity: CurrentIdentity, wanted: Annotated[bodies.ConversationList, Query()]
) -> bodies.ConversationPage:
    if wanted.q:
        return await search.search_conversations(read, identity, wanted)
    return await conversations.list_conversations(read, identity, wanted)


@router.get(
    "/conversations/counts",
    operation_id="count_conversations",
    responses=answers(PermissionMissingError),
)
async def count_conversations(
    read: Reading, identity: CurrentIdentity, wanted: Annotated[bodies.ConversationFilters, Query()]
) -> bodies.ConversationCounts:
    return await conversations.count_conversations(read, identity, wanted)


@router.get(
    "/conversations/{conversation_id}", operation_id="get_conversation", responses=_NOT_THERE
)
async def get_conversation(
    read: Reading, identity: CurrentIdentity, conversation_id: UUID, networks: KnownNetworks
) -> bodies.ConversationView:
    return await reading.get_conversation(read, identity, conversation_id, networks)


@router.get(
    "/conversations/{conversation_id}/interactions",
    operation_id="list_interactions",
    responses=_NOT_THERE | answers(CursorError),
)
async def list_interactions(  # Each is a part of the request.
    read: Reading,
    identity: CurrentIdentity,
    conversation_id: UUID,
    networks: KnownNetworks,
    cursor: PageCursor = None,
    limit: PageLimit = DEFAULT_LIMIT,
) -> Page[bodies.InteractionView]:
    page = (cursor, limit)
    return await reading.list_interactions(read, identity, conversation_id, networks, page)


@router.get(
    "/conversations/{conversation_id}/timeline",
    operation_id="get_conversation_timeline",
    responses=_NOT_THERE,
)
async def get_timeline(
    read: Reading,
    identity: CurrentIdentity,
    conversation_id: UUID,
    limit: PageLimit = DEFAULT_LIMIT,
) -> list[bodies.TimelineEntry]:
    return await actions.timeline(read, identity, conversation_id, limit)


@router.get(
    "/interactions/{interaction_id}/versions",
    operation_id="list_interaction_versions",
    responses=answers(PermissionMissingError, errors.InteractionNotFoundError),
)
async def list_versions(
    read: Reading, identity: CurrentIdentity, interaction_id: UUID
) -> list[bodies.InteractionVersionView]:
    return list(await reading.list_versions(read, identity, interaction_id))
