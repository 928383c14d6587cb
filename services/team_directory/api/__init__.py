"""Routes of team_directory: parse, authorise, call one command or query, return."""

from services.team_directory.api import (
    account,
    api_keys,
    audit,
    internal_profiles,
    internal_sessions,
    invitations,
    members,
    notifications,
    profiles,
    roles,
    teams,
    webhook_deliveries,
    webhooks,
    workspaces,
)

ROUTERS = (
    internal_sessions.router,
    internal_profiles.router,
    account.router,
    account.slow_router,
    workspaces.router,
    members.router,
    roles.router,
    teams.router,
    invitations.router,
    api_keys.router,
    notifications.router,
    profiles.slow_router,
    profiles.router,
    audit.router,
    webhooks.router,
    webhook_deliveries.router,
)
