"""Which event leads to which command in analytics."""

from services.analytics.commands import copies, count
from shared.events.inbox import (
    ActionChanged,
    ConversationAssigned,
    ConversationStateChanged,
    InteractionChanged,
    InteractionReceived,
)
from shared.events.scheduler import PublicationChanged
from shared.events.team_directory import MemberSaved, ProfileSaved, TeamSaved, WorkspaceSaved
from shared.events.ticketing import (
    CalendarRemoved,
    CalendarSaved,
    PolicyRemoved,
    PolicySaved,
    SlaMet,
    SlaMissed,
    TicketAssigned,
)
from shared.messaging.subscriptions import on, on_together

SUBSCRIPTIONS = (
    on(WorkspaceSaved, copies.remember_workspace),
    on(MemberSaved, copies.remember_person),
    on(TeamSaved, copies.remember_team),
    on(ProfileSaved, copies.remember_profile),
    on(PublicationChanged, copies.remember_post),
    *on_together(
        count.count,
        InteractionReceived,
        InteractionChanged,
        ConversationStateChanged,
        ConversationAssigned,
        ActionChanged,
        PublicationChanged,
        SlaMet,
        SlaMissed,
        TicketAssigned,
        WorkspaceSaved,
        CalendarSaved,
        CalendarRemoved,
        PolicySaved,
        PolicyRemoved,
    ),
)
