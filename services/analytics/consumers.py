"""Which event leads to which command in analytics."""

from services.analytics.commands import volume
from shared.events.inbox import InteractionReceived
from shared.messaging.subscriptions import on

SUBSCRIPTIONS = (on(InteractionReceived, volume.count_interaction),)
