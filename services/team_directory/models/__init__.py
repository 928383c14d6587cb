"""The tables of team_directory, by what they are about."""

from services.team_directory.models.audit import AuditEntry
from services.team_directory.models.base import Base
from services.team_directory.models.keys import ApiKey, Invitation, SecretLookup
from services.team_directory.models.mail import Mail
from services.team_directory.models.members import (
    Member,
    MemberRole,
    Role,
    Team,
    TeamMember,
    Workspace,
)
from services.team_directory.models.notifications import (
    Notification,
    NotificationPreference,
    NotificationSubject,
    SettledMatter,
)
from services.team_directory.models.people import (
    Membership,
    PasswordReset,
    Person,
    RecoveryCode,
    SecondFactor,
    Session,
    SessionToken,
    Throttle,
)
from services.team_directory.models.profiles import ConnectionAttempt, Profile, ProfileCredential
from services.team_directory.models.webhooks import (
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookMessage,
    WebhookSecret,
)

__all__ = [
    "NOT_ISOLATED",
    "ApiKey",
    "AuditEntry",
    "Base",
    "ConnectionAttempt",
    "Invitation",
    "Mail",
    "Member",
    "MemberRole",
    "Membership",
    "Notification",
    "NotificationPreference",
    "NotificationSubject",
    "PasswordReset",
    "Person",
    "Profile",
    "ProfileCredential",
    "RecoveryCode",
    "Role",
    "SecondFactor",
    "SecretLookup",
    "Session",
    "SessionToken",
    "SettledMatter",
    "Team",
    "TeamMember",
    "Throttle",
    "WebhookAttempt",
    "WebhookDelivery",
    "WebhookEndpoint",
    "WebhookMessage",
    "WebhookSecret",
    "Workspace",
]

# A person is one in the whole installation, and signs in before any workspace is known.
_OF_A_PERSON = {
    "people",
    "second_factors",
    "recovery_codes",
    "sessions",
    "session_tokens",
    "password_resets",
    "throttles",
}
# These lead from a person, or from a secret that somebody shows, to the workspace to enter.
_TO_THE_WORKSPACE = {"workspaces", "memberships", "secret_lookups"}

NOT_ISOLATED = frozenset(_OF_A_PERSON | _TO_THE_WORKSPACE)
