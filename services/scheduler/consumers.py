"""Which event leads to which command in scheduler."""

from services.scheduler.commands import copies
from shared.events.team_directory import ProfileSaved
from shared.messaging.subscriptions import on

SUBSCRIPTIONS = (on(ProfileSaved, copies.remember_profile),)
