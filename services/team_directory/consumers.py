"""Which event leads to which command in team_directory: none so far, it is where facts begin."""

from shared.messaging.subscriptions import Subscription

SUBSCRIPTIONS: tuple[Subscription, ...] = ()
