"""Which event leads to which command in team_directory: what partners and people are told."""

from services.team_directory.commands import tidings
from services.team_directory.commands.tell_partners import tell_partners
from services.team_directory.domain.public_events import BY_SOURCE
from shared.events.inbox import ConversationAssigned, NoteAdded, NoteChanged
from shared.events.scheduler import PublicationAtRisk, PublicationChanged
from shared.events.ticketing import (
    SlaMet,
    SlaMissed,
    SlaNear,
    TicketAssigned,
    TicketNoteAdded,
    TicketStateChanged,
    TicketWatchersChanged,
)
from shared.messaging.subscriptions import Subscription, on, on_together

SUBSCRIPTIONS: tuple[Subscription, ...] = (
    *on_together(tell_partners, *BY_SOURCE),
    on(ConversationAssigned, tidings.conversation_assigned),
    on(NoteAdded, tidings.conversation_noted),
    on(NoteChanged, tidings.conversation_noted),
    on(TicketAssigned, tidings.ticket_assigned),
    on(TicketNoteAdded, tidings.ticket_noted),
    on(TicketStateChanged, tidings.ticket_moved),
    on(TicketWatchersChanged, tidings.ticket_watched),
    on(SlaNear, tidings.sla_near),
    on(SlaMissed, tidings.sla_missed),
    on(SlaMet, tidings.sla_met),
    on(PublicationChanged, tidings.publication_changed),
    on(PublicationAtRisk, tidings.publication_at_risk),
)
