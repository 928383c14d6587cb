"""Which event leads to which command in the inbox."""

from services.inbox.commands import copies
from shared.events.team_directory import (
    MemberLeft,
    MemberSaved,
    ProfileSaved,
    TeamRemoved,
    TeamSaved,
)
from shared.messaging.subscriptions import on

SUBSCRIPTIONS = (
    on(ProfileSaved, copies.remember_profile),
    on(MemberSaved, copies.remember_member),
    on(MemberLeft, copies.forget_member),
    on(TeamSaved, copies.remember_team),
    on(TeamRemoved, copies.forget_team),
)
