"""What partners may be told: stable public names, and of each event only the fields listed here.

A new event, or a new field of an old one, reaches nobody outside until somebody adds it here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from pydantic import BaseModel, create_model

from services.team_directory.domain.role_texts import Words
from shared.events import inbox, scheduler, team_directory, ticketing
from shared.events.base import Event
from shared.permissions import Module

PING = "webhook.ping"

_CONVERSATION = ("conversation_id", "profile_id", "assignee_id", "team_id", "conversation_version")
_POST = ("post_id", "post_version")
_PUBLICATION = (*_POST, "publication_id", "profile_id", "network", "due_at")
_TICKET = (
    "ticket_id",
    "conversation_id",
    "profile_id",
    "assignee_id",
    "team_id",
    "subject",
    "ticket_version",
)
_SLA = (*_TICKET, "target", "run", "due_at")


@dataclass(frozen=True, slots=True)
class PublicEvent:
    """One public type; who may view `module` in full may have it sent somewhere."""

    name: str
    source: type[Event]
    module: Module
    fields: tuple[str, ...]
    about: Words

    def data(self, event: Event) -> dict[str, Any]:
        return event.model_dump(mode="json", include=set(self.fields))

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of `data`."""
        return _schema(self.name, self.source, self.fields)


@cache
def _schema(name: str, source: type[Event], fields: tuple[str, ...]) -> dict[str, Any]:
    known = source.model_fields
    shapes: dict[str, Any] = {field: (known[field].annotation, ...) for field in fields}
    model: type[BaseModel] = create_model(name, **shapes)
    return model.model_json_schema()


_CATALOGUE = (
    PublicEvent(
        "interaction.received",
        inbox.InteractionReceived,
        Module.INBOX,
        (
            *_CONVERSATION,
            "interaction_id",
            "network",
            "kind",
            "direction",
            "contact_id",
            "excerpt",
            "written_at",
            "back_filled",
        ),
        Words("A customer wrote, or our own writing was seen", "客户来文，或看到我方所发内容"),
    ),
    PublicEvent(
        "interaction.changed",
        inbox.InteractionChanged,
        Module.INBOX,
        (*_CONVERSATION, "interaction_id", "change"),
        Words(
            "Something written was edited, hidden, liked or removed",
            "内容被编辑、隐藏、点赞或删除",
        ),
    ),
    PublicEvent(
        "conversation.opened",
        inbox.ConversationOpened,
        Module.INBOX,
        (*_CONVERSATION, "network", "kind", "contact_id"),
        Words("A conversation began", "对话开始"),
    ),
    PublicEvent(
        "conversation.assigned",
        inbox.ConversationAssigned,
        Module.INBOX,
        (*_CONVERSATION, "by", "previous_assignee_id"),
        Words("Who is to answer changed", "负责回复的人有变动"),
    ),
    PublicEvent(
        "conversation.state_changed",
        inbox.ConversationStateChanged,
        Module.INBOX,
        (*_CONVERSATION, "by", "state", "previous", "reason", "snoozed_until"),
        Words("A conversation was handled, snoozed or opened again", "对话被处理、暂缓或重新打开"),
    ),
    PublicEvent(
        "conversation.tagged",
        inbox.ConversationTagged,
        Module.INBOX,
        (*_CONVERSATION, "by", "tags"),
        Words("The tags of a conversation changed", "对话标签有变动"),
    ),
    PublicEvent(
        "conversation.prioritised",
        inbox.ConversationPrioritised,
        Module.INBOX,
        (*_CONVERSATION, "by", "priority"),
        Words("The priority of a conversation changed", "对话优先级有变动"),
    ),
    PublicEvent(
        "action.state_changed",
        inbox.ActionChanged,
        Module.INBOX,
        (*_CONVERSATION, "action_id", "interaction_id", "action", "state", "by", "reason"),
        Words("A reply or another action moved on", "回复或其他操作的状态有变动"),
    ),
    PublicEvent(
        "contact.saved",
        inbox.ContactSaved,
        Module.INBOX,
        ("contact_id", "contact_version", "by", "name", "merged_contact_id"),
        Words("The card of a contact changed", "联系人资料有变动"),
    ),
    PublicEvent(
        "post.changed",
        scheduler.PostChanged,
        Module.PUBLISHING,
        (*_POST, "change", "state", "profile_ids", "due_at", "zone", "by"),
        Words("A post was written, planned or cancelled", "帖子被撰写、排期或取消"),
    ),
    PublicEvent(
        "publication.state_changed",
        scheduler.PublicationChanged,
        Module.PUBLISHING,
        (
            *_PUBLICATION,
            "state",
            "published_at",
            "external_id",
            "permalink",
            "reason",
            "by",
        ),
        Words("A post moved on its way to one profile", "帖子在某个账号上的发布状态有变动"),
    ),
    PublicEvent(
        "publication.at_risk",
        scheduler.PublicationAtRisk,
        Module.PUBLISHING,
        (*_PUBLICATION, "at_risk", "reason"),
        Words("A post will fail at its time unless somebody helps", "帖子若无人处理将发布失败"),
    ),
    PublicEvent(
        "ticket.opened",
        ticketing.TicketOpened,
        Module.TICKETS,
        (*_TICKET, "by", "priority"),
        Words("A conversation became a ticket", "对话转为工单"),
    ),
    PublicEvent(
        "ticket.assigned",
        ticketing.TicketAssigned,
        Module.TICKETS,
        (*_TICKET, "by", "previous_assignee_id", "previous_team_id"),
        Words("Who works on a ticket changed", "工单负责人有变动"),
    ),
    PublicEvent(
        "ticket.state_changed",
        ticketing.TicketStateChanged,
        Module.TICKETS,
        (*_TICKET, "by", "state", "previous", "reason"),
        Words("The state of a ticket changed", "工单状态有变动"),
    ),
    PublicEvent(
        "ticket.prioritised",
        ticketing.TicketPrioritised,
        Module.TICKETS,
        (*_TICKET, "by", "priority", "previous"),
        Words("The priority of a ticket changed", "工单优先级有变动"),
    ),
    PublicEvent(
        "ticket.tagged",
        ticketing.TicketTagged,
        Module.TICKETS,
        (*_TICKET, "by", "tags"),
        Words("The tags of a ticket changed", "工单标签有变动"),
    ),
    PublicEvent(
        "ticket.renamed",
        ticketing.TicketRenamed,
        Module.TICKETS,
        (*_TICKET, "by"),
        Words("The subject of a ticket changed", "工单主题有变动"),
    ),
    PublicEvent(
        "sla.near",
        ticketing.SlaNear,
        Module.TICKETS,
        _SLA,
        Words("A promised time is nearly over", "承诺时限即将到期"),
    ),
    PublicEvent(
        "sla.missed",
        ticketing.SlaMissed,
        Module.TICKETS,
        _SLA,
        Words("A promised time was missed", "承诺时限已超出"),
    ),
    PublicEvent(
        "sla.met",
        ticketing.SlaMet,
        Module.TICKETS,
        (*_SLA, "at", "wall_seconds", "business_seconds"),
        Words("A promised time was kept", "在承诺时限内完成"),
    ),
    PublicEvent(
        "profile.saved",
        team_directory.ProfileSaved,
        Module.PROFILES,
        (
            "profile_id",
            "network",
            "external_id",
            "handle",
            "display_name",
            "avatar_url",
            "state",
            "reason",
        ),
        Words("A profile was connected, or its connection changed", "账号已连接，或连接状态有变动"),
    ),
)

CATALOGUE: Mapping[str, PublicEvent] = {public.name: public for public in _CATALOGUE}
BY_SOURCE: Mapping[type[Event], PublicEvent] = {public.source: public for public in _CATALOGUE}


def profiles_of(event: Event) -> frozenset[UUID]:
    """The profiles that an event is about; none for what belongs to no profile."""
    one: UUID | None = getattr(event, "profile_id", None)
    many: tuple[UUID, ...] = getattr(event, "profile_ids", None) or ()
    return frozenset(many if one is None else {one})


def modules_of(names: frozenset[str]) -> list[str]:
    """The modules that one must see in full to have these types sent."""
    return sorted({CATALOGUE[name].module.value for name in names})
