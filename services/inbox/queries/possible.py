"""What is possible on stored interactions, in the words of the HTTP interface."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, func, select

from services.inbox.domain.action import NETWORK_ACTION
from services.inbox.domain.capability import (
    ITEM_ACTIONS,
    Judge,
    Place,
    Written,
    capabilities_of,
    reply_kind,
)
from services.inbox.errors import ConversationNotFoundError
from services.inbox.models import ContactIdentity, Conversation, Profile
from services.inbox.repository.visibility import visible
from services.inbox.schemas.conversations import Possibility, ReplyOption, TextLimitView
from shared.db.transaction import ReadTx
from shared.events.inbox import ActionKind
from shared.identity import Identity
from shared.profiles.access import Networks

_PROFILE = ("network", "external_id", "handle", "base_url", "state", "reason", "account", "scopes")


class Judgement:
    """One conversation's place and profile, read once and asked for each of its interactions."""

    def __init__(self, row: Row[Any], judge: Judge) -> None:
        self._place = Place(thread_id=row.thread_id, last_inbound_at=row.last_inbound_at)
        self._blocked = frozenset(row.blocked or ())
        self._judge = judge

    @classmethod
    async def of(
        cls, read: ReadTx, identity: Identity, conversation_id: UUID, networks: Networks
    ) -> "Judgement":
        """Raises unless the person sees the conversation."""
        columns = Profile.__table__.c
        blocked = select(func.array_agg(ContactIdentity.external_id)).where(
            ContactIdentity.workspace_id == Conversation.workspace_id,
            ContactIdentity.contact_id == Conversation.contact_id,
            ContactIdentity.blocked_at.is_not(None),
        )
        statement = (
            select(
                Conversation.thread_id,
                Conversation.last_inbound_at,
                blocked.scalar_subquery().label("blocked"),
                *(columns[name] for name in _PROFILE),
            )
            .join(
                Profile,
                and_(
                    Profile.workspace_id == Conversation.workspace_id,
                    Profile.id == Conversation.profile_id,
                ),
            )
            .where(Conversation.id == conversation_id, *visible(identity))
        )
        row = await read.first(statement)
        if row is None:
            raise ConversationNotFoundError
        able = capabilities_of(networks, row)
        return cls(row, Judge(identity, row, able, read.now))

    def of_item(self, item: Written) -> list[Possibility]:
        """Every action, each allowed or refused with the reason."""
        return [
            self._possibility(kind, item)
            for kind in ITEM_ACTIONS
            if kind is not ActionKind.PRIVATE_REPLY or item.visibility == "public"
        ]

    def replies(self, item: Written | None) -> list[ReplyOption]:
        """How the newest item of the customer can be answered, and how long a text may be."""
        if item is None:
            return []
        kinds = {reply_kind(item, private=private) for private in (False, True)}
        return [self._reply(kind, item) for kind in sorted(kinds)]

    def _possibility(self, kind: ActionKind, item: Written) -> Possibility:
        if kind is ActionKind.REPLY:
            kind = reply_kind(item, private=False)
        refusal = self._judge.refusal(kind, item, self._where(item))
        if refusal is None:
            return Possibility(action=kind, allowed=True)
        return Possibility(action=kind, allowed=False, code=refusal.code, text=refusal.text)

    def _where(self, item: Written) -> Place:
        return Place(
            thread_id=self._place.thread_id,
            last_inbound_at=self._place.last_inbound_at,
            blocked=item.author.get("external_id") in self._blocked,
        )

    def _reply(self, kind: ActionKind, item: Written) -> ReplyOption:
        capability = self._judge.capabilities.actions.get(NETWORK_ACTION[kind])
        limits = [
            TextLimitView(**limit.rule.model_dump(), maximum=limit.maximum)
            for limit in (capability.text if capability else ())
        ]
        possibility = self._possibility(kind, item)
        closes_at = self._judge.closes_at(kind, item, self._where(item))
        return ReplyOption(
            **possibility.model_dump(),
            limits=limits,
            closes_at=closes_at if possibility.allowed else None,
        )
