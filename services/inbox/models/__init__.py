"""The tables of inbox, one module per aggregate."""

from services.inbox.models.actions import Action, RateBudget
from services.inbox.models.base import Base
from services.inbox.models.contacts import Contact, ContactIdentity
from services.inbox.models.conversations import Activity, Conversation, Note, Tag
from services.inbox.models.copies import Member, Profile, Team
from services.inbox.models.deliveries import Delivery, Ledger, Reader
from services.inbox.models.interactions import Interaction, InteractionVersion, RemovedItem

__all__ = [
    "Action",
    "Activity",
    "Base",
    "Contact",
    "ContactIdentity",
    "Conversation",
    "Delivery",
    "Interaction",
    "InteractionVersion",
    "Ledger",
    "Member",
    "Note",
    "Profile",
    "RateBudget",
    "Reader",
    "RemovedItem",
    "Tag",
    "Team",
]
