"""People, the ways in which they sign in, and the workspaces they can enter."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, exists, select, text, update

from services.team_directory.errors import MemberNotFoundError
from services.team_directory.models import (
    Membership,
    PasswordReset,
    Person,
    RecoveryCode,
    SecondFactor,
)
from shared.db.transaction import Tx

_SETUP_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended('team_directory/setup', 0))")

_EMAIL_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")


class People:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self._session = tx.session

    async def find(self, person_id: UUID) -> Person | None:
        return await self._session.get(Person, person_id, with_for_update=True)

    async def seen(self, person_id: UUID) -> Person:
        """A person without a lock, to be told about and not to be changed."""
        person = await self._session.get(Person, person_id)
        if person is None:
            raise MemberNotFoundError
        return person

    async def get(self, person_id: UUID) -> Person:
        person = await self.find(person_id)
        if person is None:
            raise MemberNotFoundError
        return person

    async def by_email(self, email: str) -> Person | None:
        query = select(Person).where(Person.email == email.lower())
        return (await self._session.scalars(query)).first()

    async def claim_email(self, email: str) -> Person | None:
        """Who has this address; if nobody does, nobody else takes it until the transaction ends."""
        await self._session.execute(_EMAIL_LOCK, {"name": f"team_directory/email/{email}"})
        return await self.by_email(email)

    async def any(self) -> bool:
        """Whether there is anybody; until the transaction ends nobody else becomes the first."""
        await self._session.execute(_SETUP_LOCK)
        return bool(await self._session.scalar(select(exists().where(Person.id.is_not(None)))))

    async def workspace_ids(self, person_id: UUID) -> Sequence[UUID]:
        """The workspaces of a person; the one they joined first comes first."""
        query = (
            select(Membership.workspace_id)
            .where(Membership.person_id == person_id)
            .order_by(Membership.joined_at, Membership.workspace_id)
        )
        return (await self._session.scalars(query)).all()

    async def leave(self, person_id: UUID, workspace_id: UUID) -> None:
        await self._session.execute(
            delete(Membership).where(
                Membership.person_id == person_id, Membership.workspace_id == workspace_id
            )
        )

    def add(self, row: Person | Membership | SecondFactor | RecoveryCode | PasswordReset) -> None:
        self._session.add(row)

    async def factor(self, person_id: UUID) -> SecondFactor | None:
        """The second factor, confirmed or not; locked, so that a code works once."""
        return await self._session.get(SecondFactor, person_id, with_for_update=True)

    async def remove_factor(self, person_id: UUID) -> None:
        await self.remove_recovery_codes(person_id)
        await self._session.execute(delete(SecondFactor).where(SecondFactor.person_id == person_id))

    async def remove_recovery_codes(self, person_id: UUID) -> None:
        await self._session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))

    async def use_recovery_code(self, person_id: UUID, digest: bytes) -> bool:
        """Use a recovery code up; False when it is not one, or was used before."""
        used = await self._session.execute(
            update(RecoveryCode)
            .where(
                RecoveryCode.person_id == person_id,
                RecoveryCode.digest == digest,
                RecoveryCode.used_at.is_(None),
            )
            .values(used_at=self._tx.now)
            .returning(RecoveryCode.digest)
        )
        return used.first() is not None

    async def take_reset(self, digest: bytes) -> UUID | None:
        """The person behind a reset link, which works no more; None when it is over or unknown."""
        taken = await self._session.execute(
            delete(PasswordReset)
            .where(PasswordReset.digest == digest, PasswordReset.expires_at > self._tx.now)
            .returning(PasswordReset.person_id)
        )
        return taken.scalar()

    async def remove_resets(self, person_id: UUID) -> None:
        await self._session.execute(
            delete(PasswordReset).where(PasswordReset.person_id == person_id)
        )
