"""What the jobs that read profiles need to know before they begin."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import select

from services.inbox.models import (
    Conversation,
    HookAddress,
    Interaction,
    Profile,
    Reader,
    Thread,
)
from shared.db.transaction import ReadTx
from shared.networks.types import Account, Target

_ACCOUNT = TypeAdapter(Account)
_TARGET = TypeAdapter(Target)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A profile as reading and handling need it."""

    profile_id: UUID
    network: str
    connected: bool
    account: Account


@dataclass(frozen=True, slots=True)
class Watched:
    """A thread, what to read it back from, and what we hold as standing in it."""

    thread_id: str
    target: Target
    known: frozenset[str]


async def find_subject(read: ReadTx, profile_id: UUID) -> Subject | None:
    """The profile; before it was read for the first time, its account is what we were told."""
    row = await read.first(
        select(
            Profile.network,
            Profile.state,
            Profile.account,
            Profile.external_id,
            Profile.handle,
            Profile.base_url,
        ).where(Profile.workspace_id == read.workspace_id, Profile.id == profile_id)
    )
    if row is None:
        return None
    told = Account(external_id=row.external_id, handle=row.handle, base_url=row.base_url or "")
    return Subject(
        profile_id=profile_id,
        network=row.network,
        connected=row.state == "connected",
        account=told if row.account is None else _ACCOUNT.validate_python(row.account),
    )


async def cursor_of(read: ReadTx, profile_id: UUID, stream: str) -> str | None:
    row = await read.first(
        select(Reader.cursor).where(
            Reader.workspace_id == read.workspace_id,
            Reader.profile_id == profile_id,
            Reader.stream == stream,
        )
    )
    return None if row is None else row.cursor


async def threads_to_read(
    read: ReadTx, profile_id: UUID, window: timedelta, limit: int
) -> Sequence[Watched]:
    """Threads that were active lately, those first that were not read back for longest."""
    rows = await read.all(
        select(Thread.thread_id, Thread.target)
        .where(
            Thread.workspace_id == read.workspace_id,
            Thread.profile_id == profile_id,
            Thread.active_at >= read.now - window,
        )
        .order_by(Thread.reconciled_at.asc().nulls_first(), Thread.active_at.desc())
        .limit(limit)
    )
    return [
        Watched(
            row.thread_id,
            _TARGET.validate_python(row.target),
            await _present(read, profile_id, row.thread_id),
        )
        for row in rows
    ]


async def _present(read: ReadTx, profile_id: UUID, thread_id: str) -> frozenset[str]:
    rows = await read.all(
        select(Interaction.external_id)
        .join(
            Conversation,
            (Conversation.workspace_id == Interaction.workspace_id)
            & (Conversation.id == Interaction.conversation_id),
        )
        .where(
            Conversation.workspace_id == read.workspace_id,
            Conversation.profile_id == profile_id,
            Conversation.thread_id == thread_id,
            Interaction.removed_at.is_(None),
        )
    )
    return frozenset(row.external_id for row in rows)


async def find_hook(read: ReadTx, profile_id: UUID) -> tuple[UUID, str] | None:
    """The workspace and the network that a webhook address leads to."""
    row = await read.first(
        select(HookAddress.workspace_id, HookAddress.network).where(
            HookAddress.profile_id == profile_id
        )
    )
    return None if row is None else (row.workspace_id, row.network)
