"""The tables of inbox, one module per aggregate."""

from services.inbox.models.actions import Action, RateBudget
from services.inbox.models.base import Base
from services.inbox.models.contacts import Contact, ContactIdentity
from services.inbox.models.conversations import Activity, Conversation, Note, Tag
from services.inbox.models.copies import Member, Profile, Team
from services.inbox.models.deliveries import Delivery, HookAddress, Ledger, Orphan, Reader, Thread
from services.inbox.models.interactions import Interaction, InteractionVersion, RemovedItem
from services.inbox.models.views import SavedView

__all__ = [
    "NOT_ISOLATED",
    "Action",
    "Activity",
    "Base",
    "Contact",
    "ContactIdentity",
    "Conversation",
    "Delivery",
    "HookAddress",
    "Interaction",
    "InteractionVersion",
    "Ledger",
    "Member",
    "Note",
    "Orphan",
    "Profile",
    "RateBudget",
    "Reader",
    "RemovedItem",
    "SavedView",
    "Tag",
    "Team",
    "Thread",
]

# A webhook names a profile only; its workspace is found here. Nothing secret lies in it.
NOT_ISOLATED = frozenset({"hook_addresses"})
