"""The tables of ticketing, one module per aggregate."""

from services.ticketing.models.base import Base
from services.ticketing.models.copies import Contact, Conversation, Member, Message, Team
from services.ticketing.models.service_levels import Calendar, Clock, Policy
from services.ticketing.models.tickets import Activity, Note, Ticket

__all__ = [
    "Activity",
    "Base",
    "Calendar",
    "Clock",
    "Contact",
    "Conversation",
    "Member",
    "Message",
    "Note",
    "Policy",
    "Team",
    "Ticket",
]
