"""Routes of a person's own notifications."""

from fastapi import APIRouter

from services.team_directory import errors
from services.team_directory.api.dependencies import CurrentActor, ToolsDep
from services.team_directory.commands import notifications
from services.team_directory.commands.notifications import Preference
from services.team_directory.domain.notifications import DEFAULTS, Choice
from services.team_directory.queries import notifications as queries
from services.team_directory.schemas.notifications import (
    NotificationView,
    PreferenceBody,
    PreferenceView,
    ReadAllBody,
    ReadBody,
    ReadView,
    UnreadCount,
)
from shared.http.pages import DEFAULT_LIMIT, CursorError, Page, PageCursor, PageLimit
from shared.http.problems import answers
from shared.http.unit_of_work import CurrentIdentity, Reading, UnitOfWorkRoute, WriteTx

router = APIRouter(prefix="/notifications", tags=["notifications"], route_class=UnitOfWorkRoute)


@router.get("", operation_id="list_notifications", responses=answers(CursorError))
async def list_notifications(
    read: Reading,
    identity: CurrentIdentity,
    *,
    unread: bool = False,
    cursor: PageCursor = None,
    limit: PageLimit = DEFAULT_LIMIT,
) -> Page[NotificationView]:
    return await queries.list_notifications(
        read, identity, unread=unread, cursor=cursor, limit=limit
    )


@router.get("/unread", operation_id="count_unread_notifications", responses=answers())
async def count_unread(read: Reading, identity: CurrentIdentity) -> UnreadCount:
    return await queries.count_unread(read, identity)


@router.post("/read", operation_id="read_notifications", responses=answers(errors.NotPersonError))
async def read_notifications(tx: WriteTx, actor: CurrentActor, body: ReadBody) -> ReadView:
    ids = body.notification_ids
    return ReadView(read=await notifications.read_notifications(tx, actor, ids))


@router.post(
    "/read-all", operation_id="read_all_notifications", responses=answers(errors.NotPersonError)
)
async def read_all_notifications(tx: WriteTx, actor: CurrentActor, body: ReadAllBody) -> ReadView:
    return ReadView(read=await notifications.read_all(tx, actor, body.subject_id))


@router.get(
    "/preferences",
    operation_id="get_notification_preferences",
    responses=answers(errors.MemberNotFoundError),
)
async def get_preferences(
    read: Reading, tools: ToolsDep, identity: CurrentIdentity
) -> PreferenceView:
    available = tools.mail_room is not None
    return await queries.preference_of(read, identity, email_available=available)


@router.put(
    "/preferences",
    status_code=204,
    operation_id="save_notification_preferences",
    responses=answers(errors.NotPersonError),
)
async def save_preferences(tx: WriteTx, actor: CurrentActor, body: PreferenceBody) -> None:
    await notifications.save_preference(tx, actor, _preference(body))


def _preference(body: PreferenceBody) -> Preference:
    chosen = {kind: Choice(it.in_app, it.email) for kind, it in body.choices.items()}
    return Preference({**DEFAULTS, **chosen}, body.digest_at, body.quiet)
