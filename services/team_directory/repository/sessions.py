"""Sessions and their tokens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select, update

from services.team_directory.domain.sessions import TokenFacts
from services.team_directory.models import Session, SessionToken
from shared.db.transaction import Tx


@dataclass(frozen=True, slots=True)
class ShownToken:
    """A token that was shown, its session, and what is needed to judge it."""

    token: SessionToken
    session: Session
    facts: TokenFacts


class Sessions:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self._session = tx.session

    async def by_token(self, digest: bytes) -> ShownToken | None:
        """The session is locked first, so that two requests never hand out two successors."""
        session = await self._session.scalar(
            select(Session)
            .join(SessionToken, SessionToken.session_id == Session.id)
            .where(SessionToken.digest == digest)
            .with_for_update(of=Session)
        )
        token = await self._session.get(SessionToken, digest)
        if session is None or token is None:
            return None
        newest_at = await self._session.scalar(
            select(func.max(SessionToken.issued_at)).where(SessionToken.session_id == session.id)
        )
        facts = TokenFacts(
            session_created_at=session.created_at,
            session_seen_at=session.seen_at,
            issued_at=token.issued_at,
            replaced_at=token.replaced_at,
            newest_at=newest_at or token.issued_at,
        )
        return ShownToken(token, session, facts)

    def add(self, session: Session) -> None:
        self._session.add(session)

    async def add_token(self, session_id: UUID, digest: bytes) -> None:
        await self._session.flush()
        self._session.add(
            SessionToken(digest=digest, session_id=session_id, issued_at=self._tx.now)
        )

    async def first_use(self, token: SessionToken) -> None:
        """The token is in the browser's hands: all others of its session are replaced by it."""
        token.used_at = self._tx.now
        await self._session.execute(
            update(SessionToken)
            .where(
                SessionToken.session_id == token.session_id,
                SessionToken.digest != token.digest,
                SessionToken.replaced_at.is_(None),
            )
            .values(replaced_at=self._tx.now)
        )

    async def end(self, session_id: UUID) -> None:
        await self._session.execute(delete(Session).where(Session.id == session_id))

    async def end_all(self, person_id: UUID, *, but: UUID | None = None) -> None:
        statement = delete(Session).where(Session.person_id == person_id)
        if but is not None:
            statement = statement.where(Session.id != but)
        await self._session.execute(statement)

    async def end_one_of(self, person_id: UUID, session_id: UUID) -> bool:
        """End a session if it is this person's; whether it was."""
        ended = await self._session.execute(
            delete(Session)
            .where(Session.id == session_id, Session.person_id == person_id)
            .returning(Session.id)
        )
        return ended.first() is not None

    async def end_unused(self, *, seen_before: datetime, made_before: datetime) -> Sequence[UUID]:
        """End all that have run out by now; the sessions that ended."""
        over = (Session.seen_at <= seen_before) | (Session.created_at <= made_before)
        return (
            await self._session.scalars(delete(Session).where(over).returning(Session.id))
        ).all()

    async def forget_replaced(self, before: datetime) -> None:
        """Forget tokens that were replaced before this moment; shown again, they are unknown."""
        await self._session.execute(delete(SessionToken).where(SessionToken.replaced_at <= before))
