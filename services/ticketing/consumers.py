"""Which event leads to which command in ticketing."""

from services.ticketing.commands import copies, hear
from shared.events.inbox import (
    ContactSaved,
    ConversationAssigned,
    ConversationOpened,
    ConversationStateChanged,
    InteractionReceived,
)
from shared.events.team_directory import MemberLeft, MemberSaved, TeamRemoved, TeamSaved
from shared.messaging.subscriptions import on

SUBSCRIPTIONS = (
    on(MemberSaved, copies.remember_member),
    on(MemberLeft, copies.forget_member),
    on(TeamSaved, copies.remember_team),
    on(TeamRemoved, copies.forget_team),
    on(ConversationOpened, hear.remember_conversation),
    on(InteractionReceived, hear.hear_interaction),
    on(ConversationAssigned, hear.follow_assignment),
    on(ConversationStateChanged, hear.follow_state),
    on(ContactSaved, hear.remember_contact),
)
