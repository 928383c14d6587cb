"""The ledger of mail, and the notifications that a mail tells of."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.team_directory.domain.secrets import digest
from services.team_directory.models import (
    Invitation,
    Mail,
    Notification,
    PasswordReset,
    SecretLookup,
)
from services.team_directory.repository.notification_sight import visible
from services.team_directory.repository.notification_views import select_shown
from shared.db.transaction import Tx
from shared.identity import Identity


class Mails:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self._session = tx.session

    async def find(self, mail_id: UUID) -> Mail | None:
        key = (self._tx.workspace_id, mail_id)
        return await self._session.get(Mail, key, with_for_update=True)

    def add(self, mail: Mail) -> None:
        self._session.add(mail)

    async def tidings(self, mail_id: UUID, identity: Identity) -> Sequence[Any]:
        """What a mail still has to tell: what its reader may see and has not read."""
        query = (
            select_shown()
            .where(
                *visible(identity),
                Notification.mail_id == mail_id,
                Notification.read_at.is_(None),
            )
            .order_by(Notification.created_at, Notification.id)
        )
        return (await self._session.execute(query)).all()

    async def open_invitation(self, invitation_id: UUID, token: str) -> Invitation | None:
        """The invitation, while this is the end of its link."""
        query = (
            select(Invitation)
            .join(SecretLookup, SecretLookup.target_id == Invitation.id)
            .where(
                Invitation.workspace_id == self._tx.workspace_id,
                Invitation.id == invitation_id,
                Invitation.expires_at > self._tx.now,
                SecretLookup.digest == digest(token),
            )
        )
        return (await self._session.scalars(query)).first()

    async def open_reset(self, token: str) -> PasswordReset | None:
        query = select(PasswordReset).where(
            PasswordReset.digest == digest(token), PasswordReset.expires_at > self._tx.now
        )
        return (await self._session.scalars(query)).first()

    async def with_secret(self) -> Sequence[Mail]:
        """Those that hold a secret, locked."""
        query = (
            select(Mail)
            .where(Mail.workspace_id == self._tx.workspace_id, Mail.secret.is_not(None))
            .with_for_update()
        )
        return (await self._session.scalars(query)).all()
