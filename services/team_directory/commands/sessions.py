"""Sessions: opened after a login, resolved on requests, their tokens changed as they grow old."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.team_directory.commands.announce import announce_sessions
from services.team_directory.commands.identities import identity_of_session
from services.team_directory.domain.actor import Actor
from services.team_directory.domain.secrets import digest, new_token
from services.team_directory.domain.sessions import SEEN_STEP, Verdict, ends_at, judge
from services.team_directory.errors import SessionNotFoundError, SessionUnknownError
from services.team_directory.models import Session
from services.team_directory.repository.audit import Change, record_everywhere
from services.team_directory.repository.sessions import Sessions, ShownToken
from shared.db.database import Database
from shared.db.transaction import Tx
from shared.identity import ActorKind, Identity

_DEVICE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request comes from."""

    ip: str
    user_agent: str = ""


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """`token` is shown once, to the browser."""

    person_id: UUID
    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class ResolvedSession:
    """`rotated_token` is the successor that the browser should use from here on."""

    identity: Identity
    expires_at: datetime
    rotated_token: str | None


async def open_session(tx: Tx, person_id: UUID, place: Place) -> OpenedSession:
    session = Session(
        id=tx.new_id(),
        person_id=person_id,
        created_at=tx.now,
        seen_at=tx.now,
        ip=place.ip,
        user_agent=place.user_agent[:_DEVICE_LENGTH],
    )
    sessions = Sessions(tx)
    sessions.add(session)
    token = new_token()
    await sessions.add_token(session.id, digest(token))
    actor = _person_at(tx, person_id, place)
    await record_everywhere(tx, actor, Change("person.signed_in", person_id))
    return OpenedSession(person_id, token, ends_at(tx.now, tx.now))


def _person_at(tx: Tx, person_id: UUID, place: Place) -> Actor:
    identity = Identity(person_id, ActorKind.PERSON, tx.workspace_id)
    return Actor(identity, place.ip, place.user_agent[:_DEVICE_LENGTH])


async def resolve_session(
    database: Database, token: str, workspace_id: UUID | None, ip: str
) -> ResolvedSession:
    """Who is behind a token, in a workspace of theirs (without one: the one they joined first).

    Opens its own transaction: a session that turns out stolen must end although the caller is
    refused.
    """
    async with database.begin() as tx:
        resolved = await _resolve(tx, token, workspace_id, ip)
    if resolved is None:
        raise SessionUnknownError
    return resolved


async def _resolve(
    tx: Tx, token: str, workspace_id: UUID | None, ip: str
) -> ResolvedSession | None:
    shown = await Sessions(tx).by_token(digest(token))
    if shown is None:
        return None
    verdict = judge(shown.facts, tx.now)
    if verdict in (Verdict.OVER, Verdict.STOLEN):
        await _end(tx, shown, verdict, ip)
        return None
    session = shown.session
    rotated = await _keep_alive(tx, shown, verdict, ip)
    identity = await identity_of_session(tx, session.person_id, session.id, workspace_id)
    return ResolvedSession(identity, ends_at(session.created_at, session.seen_at), rotated)


async def _end(tx: Tx, shown: ShownToken, verdict: Verdict, ip: str) -> None:
    session = shown.session
    await Sessions(tx).end(session.id)
    await announce_sessions(tx, session.person_id)
    if verdict is Verdict.STOLEN:
        actor = _person_at(tx, session.person_id, Place(ip))
        change = Change("person.session_stolen", session.person_id, {"ip": session.ip}, {"ip": ip})
        await record_everywhere(tx, actor, change)


async def _keep_alive(tx: Tx, shown: ShownToken, verdict: Verdict, ip: str) -> str | None:
    """Note that the session is in use, and give out a successor when its token has grown old."""
    session, token = shown.session, shown.token
    sessions = Sessions(tx)
    if tx.now - session.seen_at >= SEEN_STEP or session.ip != ip:
        session.seen_at = tx.now
        session.ip = ip
    if token.used_at is None:
        await sessions.first_use(token)
    if verdict is not Verdict.ROTATE:
        return None
    successor = new_token()
    await sessions.add_token(session.id, digest(successor))
    return successor


async def sign_out(tx: Tx, token: str, *, everywhere: bool) -> None:
    """End the session of a token, or all sessions of its person; an unknown one is over anyway."""
    sessions = Sessions(tx)
    shown = await sessions.by_token(digest(token))
    if shown is None:
        return
    session = shown.session
    if everywhere:
        await sessions.end_all(session.person_id)
    else:
        await sessions.end(session.id)
    await announce_sessions(tx, session.person_id)
    action = "person.signed_out_everywhere" if everywhere else "person.signed_out"
    actor = _person_at(tx, session.person_id, Place(session.ip, session.user_agent))
    await record_everywhere(tx, actor, Change(action, session.person_id))


async def end_own_session(tx: Tx, actor: Actor, session_id: UUID) -> None:
    """End one of the caller's sessions, such as that of a lost phone."""
    person_id = actor.person_id()
    if not await Sessions(tx).end_one_of(person_id, session_id):
        raise SessionNotFoundError
    await announce_sessions(tx, person_id)
    change = Change("person.session_ended", person_id, {"session_id": session_id})
    await record_everywhere(tx, actor, change)
