"""The algebra of access: what roles add up to, what limits it, and who may grant what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from shared.identity import Identity
from shared.permissions import Level, Module, Right, Sight

_SIGHTS = (Sight.ASSIGNED, Sight.TEAM, Sight.ALL)


def wider_sight(one: Sight, other: Sight) -> Sight:
    return max(one, other, key=_SIGHTS.index)


@dataclass(frozen=True, slots=True)
class Access:
    """What somebody may do in a workspace; `profile_ids` None means with every profile."""

    levels: Mapping[Module, Level] = field(default_factory=dict)
    rights: frozenset[Right] = frozenset()
    sight: Sight = Sight.ASSIGNED
    profile_ids: frozenset[UUID] | None = None

    def covers(self, other: "Access") -> bool:
        """Whether everything that `other` allows is allowed here too: only then may it be given."""
        return self.covers_beyond_profiles(other) and self.covers_profiles(other.profile_ids)

    def covers_beyond_profiles(self, other: "Access") -> bool:
        """The same for a role, which says nothing about profiles."""
        return (
            all(
                self.levels.get(module, Level.NONE) >= level
                for module, level in other.levels.items()
            )
            and other.rights <= self.rights
            and self.covers_sight(other.sight)
        )

    def covers_sight(self, sight: Sight) -> bool:
        return wider_sight(self.sight, sight) is self.sight

    def covers_profiles(self, profile_ids: frozenset[UUID] | None) -> bool:
        if self.profile_ids is None:
            return True
        return profile_ids is not None and profile_ids <= self.profile_ids

    def limited_to(self, other: "Access") -> "Access":
        """What both allow."""
        return Access(
            levels={
                module: min(level, other.levels.get(module, Level.NONE))
                for module, level in self.levels.items()
            },
            rights=self.rights & other.rights,
            sight=other.sight if wider_sight(self.sight, other.sight) is self.sight else self.sight,
            profile_ids=_both(self.profile_ids, other.profile_ids),
        )


def _both(one: frozenset[UUID] | None, other: frozenset[UUID] | None) -> frozenset[UUID] | None:
    if one is None:
        return other
    return one if other is None else one & other


def combined(roles: Iterable[Access]) -> Access:
    """The most that any of the roles allows, module by module; no role allows nothing."""
    levels: dict[Module, Level] = {}
    rights: frozenset[Right] = frozenset()
    sight = Sight.ASSIGNED
    for role in roles:
        for module, level in role.levels.items():
            levels[module] = max(level, levels.get(module, Level.NONE))
        rights |= role.rights
        sight = wider_sight(sight, role.sight)
    return Access(levels=levels, rights=rights, sight=sight)


def access_of(identity: Identity) -> Access:
    """What the caller may do, as the gateway has established it."""
    return Access(
        levels=identity.levels,
        rights=identity.rights,
        sight=identity.sight,
        profile_ids=identity.profile_ids,
    )


def read_levels(stored: Mapping[str, int]) -> dict[Module, Level]:
    """Levels as they are stored; a module that this version does not know is left out."""
    known = set(Module)
    return {Module(name): Level(level) for name, level in stored.items() if name in known}


def write_levels(levels: Mapping[Module, Level]) -> dict[str, int]:
    return {module.value: int(level) for module, level in levels.items() if level}


def read_rights(stored: Iterable[str]) -> frozenset[Right]:
    known = set(Right)
    return frozenset(Right(name) for name in stored if name in known)
