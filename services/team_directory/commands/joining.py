"""Accepting an invitation: as somebody new, or as somebody who is in another workspace already."""

from dataclasses import dataclass, field
from uuid import UUID

from services.team_directory.commands.announce import (
    announce_access,
    announce_member,
    announce_team,
)
from services.team_directory.commands.login import (
    Attempt,
    Proof,
    accept_proof,
    count_try,
    prove_password,
)
from services.team_directory.commands.sessions import OpenedSession, Place, open_session
from services.team_directory.domain.actor import Actor
from services.team_directory.domain.passwords import check_password
from services.team_directory.domain.ports import Tools
from services.team_directory.errors import (
    AlreadyMemberError,
    InvitationNotFoundError,
    PersonExistsError,
)
from services.team_directory.models import Invitation, Member, Membership, Person
from services.team_directory.repository.audit import Change, record
from services.team_directory.repository.keys import Invitations, Opens, Secrets
from services.team_directory.repository.members import Members
from services.team_directory.repository.people import People
from services.team_directory.repository.teams import Teams
from shared.db.database import Database
from shared.db.transaction import Tx
from shared.identity import ActorKind, Identity


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Somebody who has an account gives its password (and code); the rest is for the others."""

    name: str
    password: str = field(repr=False)
    locale: str
    time_zone: str
    place: Place
    code: str | None = field(default=None, repr=False)


async def accept_invitation(
    database: Database, tools: Tools, token: str, acceptance: Acceptance
) -> OpenedSession:
    async with database.begin() as tx:
        invitation = await open_invitation(tx, token)
        known = await People(tx).by_email(invitation.email)
        if known is None:
            check_password(acceptance.password, invitation.email)
            await count_try(tx, _attempt(invitation, acceptance))
    proof: Proof | str
    if known is not None:
        proof = await prove_password(database, tools, _attempt(invitation, acceptance))
    else:
        proof = await tools.passwords.hash(acceptance.password)
    async with database.begin() as tx:
        invitation = await open_invitation(tx, token)
        person = await _person(tx, tools, invitation, acceptance, proof)
        await _join(tx, person, invitation, acceptance.place)
        return await open_session(tx, person.id, acceptance.place)


def _attempt(invitation: Invitation, acceptance: Acceptance) -> Attempt:
    return Attempt(invitation.email, acceptance.password, acceptance.place, acceptance.code)


async def open_invitation(tx: Tx, token: str) -> Invitation:
    """The invitation behind a link, with its workspace entered."""
    invitation_id = await Secrets(tx).enter(token, Opens.INVITATION)
    if invitation_id is None:
        raise InvitationNotFoundError
    invitation = await Invitations(tx).get_open(invitation_id)
    if invitation.expires_at <= tx.now:
        raise InvitationNotFoundError
    return invitation


async def _person(
    tx: Tx, tools: Tools, invitation: Invitation, acceptance: Acceptance, proof: Proof | str
) -> Person:
    if isinstance(proof, Proof):
        return await accept_proof(tx, tools, proof, _attempt(invitation, acceptance))
    if await People(tx).claim_email(invitation.email) is not None:
        raise PersonExistsError
    person = Person(
        id=tx.new_id(),
        email=invitation.email,
        name=acceptance.name,
        locale=acceptance.locale,
        time_zone=acceptance.time_zone,
        password_hash=proof,
        created_at=tx.now,
    )
    People(tx).add(person)
    await tx.session.flush()
    return person


async def _join(tx: Tx, person: Person, invitation: Invitation, place: Place) -> None:
    members = Members(tx)
    if await members.find(person.id) is not None:
        raise AlreadyMemberError
    People(tx).add(Membership(person_id=person.id, workspace_id=tx.workspace_id, joined_at=tx.now))
    member = Member(
        workspace_id=tx.workspace_id,
        id=person.id,
        sight=invitation.sight,
        profile_ids=invitation.profile_ids,
        joined_at=tx.now,
    )
    members.add(member)
    await members.set_roles(person.id, invitation.role_ids)
    invitation.accepted_at = tx.now
    await Secrets(tx).forget([invitation.id])
    await _join_teams(tx, person.id, invitation.team_ids)
    actor = Actor(
        Identity(person.id, ActorKind.PERSON, tx.workspace_id), place.ip, place.user_agent
    )
    after = {"invitation_id": invitation.id, "role_ids": invitation.role_ids}
    record(tx, actor, Change("member.joined", person.id, after=after))
    await announce_member(tx, member)
    await announce_access(tx, [person.id])


async def _join_teams(tx: Tx, person_id: UUID, team_ids: list[UUID]) -> None:
    """A team that was removed since the invitation was sent is left out."""
    teams = await Teams(tx).known(team_ids)
    await Members(tx).set_teams(person_id, [team.id for team in teams])
    for team in teams:
        await announce_team(tx, team)
