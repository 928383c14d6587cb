"""Invitations by link: made for one or many addresses, sent again, withdrawn, accepted."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from services.team_directory.commands.granting import demand_may_grant, demand_may_limit
from services.team_directory.commands.mail_ledger import Link, mail_link
from services.team_directory.domain.actor import Actor
from services.team_directory.domain.mail import MailKind
from services.team_directory.domain.ports import Tools
from services.team_directory.domain.secrets import new_token
from services.team_directory.errors import AlreadyMemberError
from services.team_directory.models import Invitation
from services.team_directory.repository.audit import Change, record
from services.team_directory.repository.keys import Invitations, Opens, Secrets
from services.team_directory.repository.members import Members
from services.team_directory.repository.people import People
from services.team_directory.repository.profiles import Profiles
from services.team_directory.repository.teams import Teams
from shared.db.transaction import Tx
from shared.permissions import Sight


@dataclass(frozen=True, slots=True)
class InvitationDraft:
    """The same access for all addresses."""

    emails: Sequence[str]
    role_ids: Sequence[UUID]
    team_ids: Sequence[UUID] = ()
    profile_ids: Sequence[UUID] | None = None
    sight: Sight | None = None
    lifetime: timedelta = field(default=timedelta(days=7))


@dataclass(frozen=True, slots=True)
class SentInvitation:
    """`token` is the secret end of the link, shown once; `mailed`: it goes by mail as well."""

    id: UUID
    email: str
    token: str
    mailed: bool


async def invite(
    tx: Tx, tools: Tools, actor: Actor, draft: InvitationDraft
) -> list[SentInvitation]:
    """One link for each address; all of them or none."""
    await demand_may_grant(tx, actor, draft.role_ids)
    demand_may_limit(actor, draft.profile_ids, draft.sight)
    await Teams(tx).all_of(draft.team_ids)
    await Profiles(tx).demand_all(draft.profile_ids or ())
    emails = list(dict.fromkeys(email.lower() for email in draft.emails))
    made = [await _invite_one(tx, actor, draft, email) for email in emails]
    return [await _send(tx, tools, actor, invitation) for invitation in made]


async def _invite_one(tx: Tx, actor: Actor, draft: InvitationDraft, email: str) -> Invitation:
    person = await People(tx).by_email(email)
    if person is not None and await Members(tx).find(person.id) is not None:
        raise AlreadyMemberError(email=email)
    invitation = Invitation(
        workspace_id=tx.workspace_id,
        id=tx.new_id(),
        email=email,
        role_ids=sorted(set(draft.role_ids)),
        team_ids=sorted(set(draft.team_ids)),
        profile_ids=None if draft.profile_ids is None else sorted(set(draft.profile_ids)),
        sight=draft.sight,
        invited_by=actor.id,
        created_at=tx.now,
        expires_at=tx.now + draft.lifetime,
    )
    Invitations(tx).add(invitation)
    record(tx, actor, Change("invitation.sent", invitation.id, after=_picture(invitation)))
    return invitation


async def _send(tx: Tx, tools: Tools, actor: Actor, invitation: Invitation) -> SentInvitation:
    """Make the link; its reader gets it in their own language, or in that of whoever invites."""
    token = new_token()
    Secrets(tx).add(token, Opens.INVITATION, invitation.id)
    people = People(tx)
    reader = await people.by_email(invitation.email) or await people.find(actor.id)
    locale = reader.locale if reader else "en"
    link = Link(MailKind.INVITATION, invitation.email, locale, invitation.id, token)
    mailed = await mail_link(tx, tools, link)
    return SentInvitation(invitation.id, invitation.email, token, mailed)


def _picture(invitation: Invitation) -> dict[str, Any]:
    return {
        "email": invitation.email,
        "role_ids": invitation.role_ids,
        "team_ids": invitation.team_ids,
        "profile_ids": invitation.profile_ids,
        "sight": invitation.sight,
        "expires_at": invitation.expires_at,
    }


async def resend_invitation(
    tx: Tx, tools: Tools, actor: Actor, invitation_id: UUID
) -> SentInvitation:
    """A new link with a new lifetime; the old link works no more.

    Whoever sends it again vouches for it, so they must be able to grant what it grants.
    """
    invitation = await Invitations(tx).get_open(invitation_id)
    await demand_may_grant(tx, actor, invitation.role_ids)
    sight = Sight(invitation.sight) if invitation.sight else None
    demand_may_limit(actor, invitation.profile_ids, sight)
    lifetime = invitation.expires_at - invitation.created_at
    before = {"expires_at": invitation.expires_at}
    invitation.created_at = tx.now
    invitation.expires_at = tx.now + lifetime
    invitation.invited_by = actor.id
    await Secrets(tx).forget([invitation.id])
    after = {"expires_at": invitation.expires_at}
    record(tx, actor, Change("invitation.sent_again", invitation.id, before, after))
    return await _send(tx, tools, actor, invitation)


async def withdraw_invitation(tx: Tx, actor: Actor, invitation_id: UUID) -> None:
    await _withdraw(tx, actor, await Invitations(tx).get_open(invitation_id))


async def withdraw_invitations_of(tx: Tx, actor: Actor, person_id: UUID) -> None:
    """Nobody comes in on the word of somebody who has left."""
    for invitation in await Invitations(tx).open_of(person_id):
        await _withdraw(tx, actor, invitation)


async def _withdraw(tx: Tx, actor: Actor, invitation: Invitation) -> None:
    invitation.revoked_at = tx.now
    await Secrets(tx).forget([invitation.id])
    change = Change("invitation.withdrawn", invitation.id, {"email": invitation.email})
    record(tx, actor, change)
