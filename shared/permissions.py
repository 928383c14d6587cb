"""The vocabulary of permissions: what a role may grant and what every service asks for.

A role gives one level for each module, plus the fine rights of the inbox; the gateway puts both
into the internal token, the services enforce them.
"""

from enum import IntEnum, StrEnum


class Module(StrEnum):
    INBOX = "inbox"
    MODERATION = "moderation"
    PUBLISHING = "publishing"
    TICKETS = "tickets"
    ANALYTICS = "analytics"
    ADS = "ads"
    DIRECTORY = "directory"
    PROFILES = "profiles"
    POLICIES = "policies"
    CONNECTIONS = "connections"


class Level(IntEnum):
    """Each level includes the ones before it."""

    NONE = 0
    VIEW = 1
    EDIT = 2
    APPROVE = 3
    ADMINISTER = 4


class Right(StrEnum):
    """What may be done to a conversation beyond seeing it."""

    REPLY_PUBLIC = "reply_public"
    REPLY_PRIVATE = "reply_private"
    LIKE = "like"
    HIDE = "hide"
    DELETE = "delete"
    BLOCK = "block"
    ASSIGN = "assign"
    TAKE_OVER = "take_over"
    BULK = "bulk"
    EXPORT = "export"


class Sight(StrEnum):
    """Which conversations of the visible profiles a person sees."""

    ALL = "all"
    TEAM = "team"
    ASSIGNED = "assigned"
