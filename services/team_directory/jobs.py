"""Work that comes due by itself: telling partners, mail, checking connections, the sweep."""

from uuid import UUID

import structlog

from services.team_directory.commands import announce, deliver, profiles, sweep
from services.team_directory.commands.connection_state import RESTATE, restate_profiles
from services.team_directory.commands.forgotten import FORGOTTEN, answer_request
from services.team_directory.commands.mail_ledger import MAIL
from services.team_directory.commands.mail_send import send_mail
from services.team_directory.commands.mail_tidings import gather
from services.team_directory.commands.notify import TELL_AT_ONCE, TELL_DIGEST
from services.team_directory.commands.store_connection import CHECK
from services.team_directory.commands.webhooks import DELIVER
from services.team_directory.domain.ports import Tools
from services.team_directory.errors import ProfileNotConnectedError, ProfileNotFoundError
from services.team_directory.queries.profiles import when_to_check
from shared.db.database import Database
from shared.db.transaction import WorkItem
from shared.db.work import WorkKind, back_off
from shared.networks.errors import NetworkError
from shared.service.restating import restating

log = structlog.get_logger()


def work_kinds(database: Database, tools: Tools) -> tuple[WorkKind, ...]:
    async def check(item: WorkItem) -> None:
        await _check(database, tools, item)

    async def clean(item: WorkItem) -> None:
        await sweep.sweep(database, tools)
        async with database.begin() as tx:
            await tx.retry(item, due_at=tx.now + sweep.INTERVAL)

    async def tell(item: WorkItem) -> None:
        await deliver.deliver(database, tools, item)

    async def answer(item: WorkItem) -> None:
        async with database.begin() as tx:
            await answer_request(tx, tools, item)

    return (
        *_mail_kinds(database, tools),
        WorkKind(FORGOTTEN, answer, concurrency=2),
        WorkKind(DELIVER, tell, concurrency=64),
        WorkKind(CHECK, check, concurrency=4),
        WorkKind(sweep.SWEEP, clean, concurrency=1),
        restating(database, announce.RESTATE_MEMBERS, announce.restate_members),
        restating(database, announce.RESTATE_TEAMS, announce.restate_teams),
        restating(database, RESTATE, restate_profiles),
    )


def _mail_kinds(database: Database, tools: Tools) -> tuple[WorkKind, ...]:
    """Without a mail server nothing of it is taken up; what waits is old news when one comes."""
    room = tools.mail_room
    if room is None:
        return ()

    async def send(item: WorkItem) -> None:
        await send_mail(database, tools, room, item)

    async def collect(item: WorkItem) -> None:
        async with database.begin(item.workspace_id) as tx:
            await gather(tx, item)

    return (
        WorkKind(MAIL, send, concurrency=4),
        WorkKind(TELL_AT_ONCE, collect),
        WorkKind(TELL_DIGEST, collect),
    )


async def _check(database: Database, tools: Tools, item: WorkItem) -> None:
    """Check a profile and come back later, until somebody disconnects it."""
    profile_id = UUID(item.key)
    try:
        await profiles.check_profile(database, tools, item.workspace_id, profile_id)
    except (ProfileNotConnectedError, ProfileNotFoundError):
        async with database.begin(item.workspace_id) as tx:
            await tx.finish(item)
        return
    except NetworkError as error:
        # Expected now and then, and no fault of ours: it is not logged like one.
        log.warning("profile.check_postponed", profile_id=item.key, code=error.code)
        async with database.begin(item.workspace_id) as tx:
            await tx.retry(item, due_at=tx.now + back_off(item.attempts))
        return
    async with database.read(item.workspace_id) as read:
        due_at = await when_to_check(read, profile_id)
    async with database.begin(item.workspace_id) as tx:
        await tx.retry(item, due_at=due_at)
