"""Which event leads to which command in analytics."""

from services.analytics.commands import copies, volume
from shared.events.inbox import InteractionReceived
from shared.events.scheduler import PublicationChanged
from shared.events.team_directory import ProfileSaved, WorkspaceSaved
from shared.messaging.subscriptions import on

SUBSCRIPTIONS = (
    on(InteractionReceived, volume.count_interaction),
    on(WorkspaceSaved, copies.remember_workspace),
    on(ProfileSaved, copies.remember_profile),
    on(PublicationChanged, copies.remember_post),
)
