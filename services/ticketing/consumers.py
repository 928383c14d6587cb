"""Which event leads to which command in ticketing."""

from services.ticketing import commands
from shared.events.team_directory import MemberLeft, MemberSaved
from shared.messaging.subscriptions import on

SUBSCRIPTIONS = (
    on(MemberSaved, commands.remember_member),
    on(MemberLeft, commands.forget_member),
)
