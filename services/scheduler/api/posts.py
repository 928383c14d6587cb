"""Routes of posts: writing, planning, and what became of each target."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from services.scheduler import errors
from services.scheduler.api.dependencies import PublishingRules
from services.scheduler.api.render import post_view, remark_view, written
from services.scheduler.commands import compose, plan
from services.scheduler.queries import posts
from services.scheduler.schemas import (
    DecisionBody,
    EditBody,
    PostBody,
    PostView,
    RemarkView,
    ScheduleBody,
    SeenBody,
    ValidateBody,
)
from shared.events.scheduler import PostState
from shared.http.pages import DEFAULT_LIMIT, CursorError, Page, PageCursor, PageLimit
from shared.http.problems import answers
from shared.http.unit_of_work import CurrentIdentity, Reading, UnitOfWorkRoute, WriteTx, requires
from shared.identity import PermissionMissingError
from shared.permissions import Level, Module

router = APIRouter(route_class=UnitOfWorkRoute, tags=["publishing"])
_VIEW = requires(Module.PUBLISHING, Level.VIEW)
_EDIT = requires(Module.PUBLISHING, Level.EDIT)
_KNOWN = answers(PermissionMissingError, errors.ProfileNotFoundError, errors.AssetNotFoundError)
_MOVES = answers(
    PermissionMissingError,
    errors.PostNotFoundError,
    errors.PostChangedError,
    errors.PostStateError,
)
_PLANS = _MOVES | answers(
    errors.PostNotFoundError, errors.ProfileNotFoundError, errors.PostRefusedError, errors.TimeError
)
_DECIDES = answers(PermissionMissingError, errors.PublicationNotFoundError, errors.PostStateError)


@router.post(
    "/posts/validate",
    operation_id="validate_post",
    dependencies=[_EDIT],
    responses=_KNOWN | answers(errors.PostNotFoundError),
)
async def validate_post(
    tx: WriteTx, identity: CurrentIdentity, body: ValidateBody, rules: PublishingRules
) -> list[RemarkView]:
    found = await compose.check(tx, identity, written(body), rules, body.post_id)
    return [remark_view(remark) for remark in found]


@router.post(
    "/posts",
    operation_id="create_post",
    status_code=201,
    dependencies=[_EDIT],
    responses=_KNOWN,
)
async def create_post(tx: WriteTx, identity: CurrentIdentity, body: PostBody) -> PostView:
    return post_view(await compose.create(tx, identity, written(body)))


@router.get(
    "/posts",
    operation_id="list_posts",
    dependencies=[_VIEW],
    responses=answers(PermissionMissingError, CursorError),
)
async def list_posts(
    read: Reading,
    identity: CurrentIdentity,
    state: Annotated[list[PostState] | None, Query()] = None,
    cursor: PageCursor = None,
    limit: PageLimit = DEFAULT_LIMIT,
) -> Page[PostView]:
    return await posts.list_posts(read, identity, state or [], (cursor, limit))


@router.get(
    "/calendar",
    operation_id="get_calendar",
    dependencies=[_VIEW],
    responses=answers(PermissionMissingError, errors.RangeError),
)
async def get_calendar(
    read: Reading,
    identity: CurrentIdentity,
    since: Annotated[datetime, Query(alias="from")],
    until: Annotated[datetime, Query(alias="to")],
) -> list[PostView]:
    return await posts.calendar(read, identity, since, until)


@router.get(
    "/posts/{post_id}",
    operation_id="get_post",
    dependencies=[_VIEW],
    responses=answers(PermissionMissingError, errors.PostNotFoundError),
)
async def get_post(read: Reading, identity: CurrentIdentity, post_id: UUID) -> PostView:
    return await posts.get_post(read, identity, post_id)


@router.put(
    "/posts/{post_id}",
    operation_id="edit_post",
    dependencies=[_EDIT],
    responses=_MOVES | _KNOWN | answers(errors.PostRefusedError),
)
async def edit_post(
    tx: WriteTx, identity: CurrentIdentity, post_id: UUID, body: EditBody, rules: PublishingRules
) -> PostView:
    changed = (written(body), rules)
    return post_view(await plan.rewrite(tx, identity, post_id, body.expected_version, changed))


@router.post(
    "/posts/{post_id}/schedule",
    operation_id="schedule_post",
    dependencies=[_EDIT],
    responses=_PLANS,
)
async def schedule_post(
    tx: WriteTx,
    identity: CurrentIdentity,
    post_id: UUID,
    body: ScheduleBody,
    rules: PublishingRules,
) -> PostView:
    when = plan.When(wall_time=body.wall_time, zone=body.zone)
    at = (when, rules)
    return post_view(await plan.schedule(tx, identity, post_id, body.expected_version, at))


@router.post(
    "/posts/{post_id}/publish",
    operation_id="publish_post_now",
    status_code=202,
    dependencies=[_EDIT],
    responses=_PLANS,
)
async def publish_now(
    tx: WriteTx, identity: CurrentIdentity, post_id: UUID, body: SeenBody, rules: PublishingRules
) -> PostView:
    seen = body.expected_version
    return post_view(await plan.publish_now(tx, identity, post_id, seen, rules))


@router.post(
    "/posts/{post_id}/unschedule",
    operation_id="unschedule_post",
    dependencies=[_EDIT],
    responses=_MOVES,
)
async def unschedule_post(
    tx: WriteTx, identity: CurrentIdentity, post_id: UUID, body: SeenBody
) -> PostView:
    return post_view(await plan.unschedule(tx, identity, post_id, body.expected_version))


@router.post(
    "/posts/{post_id}/cancel",
    operation_id="cancel_post",
    dependencies=[_EDIT],
    responses=_MOVES,
)
async def cancel_post(
    tx: WriteTx, identity: CurrentIdentity, post_id: UUID, body: SeenBody
) -> PostView:
    return post_view(await plan.cancel(tx, identity, post_id, body.expected_version))


@router.post(
    "/publications/{publication_id}/retry",
    operation_id="retry_publication",
    dependencies=[_EDIT],
    responses=_DECIDES,
)
async def retry_publication(
    tx: WriteTx, identity: CurrentIdentity, publication_id: UUID, rules: PublishingRules
) -> PostView:
    return post_view(await plan.retry(tx, identity, publication_id, rules))


@router.post(
    "/publications/{publication_id}/decision",
    operation_id="decide_publication",
    dependencies=[_EDIT],
    responses=_DECIDES,
)
async def decide_publication(
    tx: WriteTx,
    identity: CurrentIdentity,
    publication_id: UUID,
    body: DecisionBody,
    rules: PublishingRules,
) -> PostView:
    return post_view(await plan.decide(tx, identity, publication_id, body.decision, rules))
