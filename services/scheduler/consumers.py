"""Which event leads to which command in scheduler."""

from services.scheduler import commands
from shared.events.team_directory import ProfileSaved
from shared.messaging.subscriptions import on

SUBSCRIPTIONS = (on(ProfileSaved, commands.remember_profile),)
