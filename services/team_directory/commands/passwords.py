"""Changing a password, and setting a new one through a link when it is forgotten."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from services.team_directory.commands.announce import announce_sessions
from services.team_directory.commands.granting import demand_power_everywhere
from services.team_directory.commands.mail_ledger import Link, mail_link
from services.team_directory.commands.sessions import Place
from services.team_directory.domain.actor import Actor
from services.team_directory.domain.mail import MailKind
from services.team_directory.domain.passwords import check_password
from services.team_directory.domain.ports import Tools
from services.team_directory.domain.secrets import digest, new_token
from services.team_directory.domain.throttle import account_limit, address_limit
from services.team_directory.errors import (
    PasswordWrongError,
    ResetUnknownError,
)
from services.team_directory.models import PasswordReset, Person
from services.team_directory.repository.audit import Change, record, record_everywhere
from services.team_directory.repository.people import People
from services.team_directory.repository.sessions import Sessions
from services.team_directory.repository.throttles import Throttles
from shared.db.database import Database
from shared.db.transaction import Tx
from shared.identity import ActorKind, Identity

RESET_LIFETIME = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class ResetLink:
    """`token` is the secret end of the link, shown once."""

    token: str
    mailed: bool


async def change_password(
    database: Database, tools: Tools, actor: Actor, present: str, new: str
) -> None:
    """Set a new password; all other sessions of the person end."""
    async with database.begin() as tx:
        person = await People(tx).get(actor.person_id())
        await Throttles(tx).take(account_limit(person.email))
    check_password(new, person.email)
    if not await tools.passwords.verify(person.password_hash, present):
        raise PasswordWrongError
    hashed = await tools.passwords.hash(new)
    async with database.begin(actor.identity.workspace_id) as tx:
        again = await People(tx).get(person.id)
        if again.password_hash != person.password_hash:
            raise PasswordWrongError
        again.password_hash = hashed
        await Throttles(tx).forget(account_limit(person.email))
        await _end_others(tx, person.id, but=actor.identity.session_id)
        await record_everywhere(tx, actor, Change("person.password_changed", person.id))


async def _end_others(tx: Tx, person_id: UUID, but: UUID | None = None) -> None:
    await Sessions(tx).end_all(person_id, but=but)
    await People(tx).remove_resets(person_id)
    await announce_sessions(tx, person_id)


async def make_reset_link(tx: Tx, tools: Tools, actor: Actor, member_id: UUID) -> ResetLink:
    """A link to a new password: by mail, and to be handed over by who administers the people."""
    await demand_power_everywhere(tx, actor, member_id)
    people = People(tx)
    await people.remove_resets(member_id)
    record(tx, actor, Change("person.reset_link_made", member_id))
    return await mail_reset(tx, tools, await people.seen(member_id), RESET_LIFETIME)


async def mail_reset(tx: Tx, tools: Tools, person: Person, lifetime: timedelta) -> ResetLink:
    """Open a way to a new password for so long, and mail it where mail can be sent."""
    token = new_token()
    People(tx).add(
        PasswordReset(digest=digest(token), person_id=person.id, expires_at=tx.now + lifetime)
    )
    link = Link(MailKind.PASSWORD_RESET, person.email, person.locale, person.id, token)
    return ResetLink(token, mailed=await mail_link(tx, tools, link))


async def reset_password(
    database: Database, tools: Tools, token: str, new: str, place: Place
) -> None:
    """Set a new password with a link; every session ends, the second factor stays."""
    if place.ip:
        async with database.begin() as tx:
            await Throttles(tx).take(address_limit(place.ip))
    hashed = await tools.passwords.hash(new)
    async with database.begin() as tx:
        people = People(tx)
        person_id = await people.take_reset(digest(token))
        if person_id is None:
            raise ResetUnknownError
        person = await people.get(person_id)
        check_password(new, person.email)
        person.password_hash = hashed
        await _end_others(tx, person_id)
        identity = Identity(person_id, ActorKind.PERSON, tx.workspace_id)
        actor = Actor(identity, place.ip, place.user_agent)
        await record_everywhere(tx, actor, Change("person.password_reset", person_id))
