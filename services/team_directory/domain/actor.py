"""Who gives a command and from where: what the audit log writes down."""

from dataclasses import dataclass
from uuid import UUID

from services.team_directory.errors import NotPersonError
from shared.identity import ActorKind, Identity


@dataclass(frozen=True, slots=True)
class Actor:
    identity: Identity
    ip: str | None = None
    user_agent: str | None = None

    @property
    def id(self) -> UUID:
        return self.identity.actor_id

    @property
    def is_person(self) -> bool:
        return self.identity.kind is ActorKind.PERSON

    def person_id(self) -> UUID:
        """The id of the person; raises `NotPersonError` for an API key."""
        if not self.is_person:
            raise NotPersonError
        return self.identity.actor_id
