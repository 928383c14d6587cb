"""Which event leads to which command in analytics."""

from services.analytics import commands
from shared.events.inbox import InteractionReceived
from shared.messaging.subscriptions import on

SUBSCRIPTIONS = (on(InteractionReceived, commands.count_interaction),)
