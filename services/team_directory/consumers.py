"""Which event leads to which command in team_directory: partners are told what is public."""

from services.team_directory.commands.tell_partners import tell_partners
from services.team_directory.domain.public_events import BY_SOURCE
from shared.messaging.subscriptions import Subscription, on

SUBSCRIPTIONS: tuple[Subscription, ...] = tuple(on(event, tell_partners) for event in BY_SOURCE)
