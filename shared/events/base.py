"""What every event has in common, and the registry that knows them all."""

from collections.abc import Iterator
from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from typing_extensions import override


class Event(BaseModel):
    """A fact in the past tense; ids, what changed and the least a consumer needs, never a secret.

    Inside a version only optional fields may be added. A breaking change is a new class with the
    next `version`, published beside the old one until the catalogue shows no reader. Readers ignore
    fields that they do not know. A class without a `type` of its own only shares fields.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    type: ClassVar[str]
    version: ClassVar[int] = 1
    topic: ClassVar[str]
    key_field: ClassVar[str]

    workspace_id: UUID

    @classmethod
    @override
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        if "type" in cls.__dict__:
            _register(cls)

    @classmethod
    def event_name(cls) -> str:
        """The versioned type, as it stands in the `ce_type` header."""
        return f"{cls.type}.v{cls.version}"

    @classmethod
    def producer(cls) -> str:
        """The only service that may publish this event."""
        return cls.type.split(".", 1)[0]

    @property
    def key(self) -> str:
        """The aggregate's id: everything about one aggregate stays in order."""
        return str(getattr(self, self.key_field))


class Restatable(Event):
    """What stands, told whole; `restated` when nothing happened to it.

    Its owner tells it once more for readers that are new. Others, and everybody outside, need not
    hear of it.
    """

    restated: bool = False


def is_restated(event: Event) -> bool:
    """Whether an event tells nothing to those who knew."""
    return isinstance(event, Restatable) and event.restated


_BY_NAME: dict[str, type[Event]] = {}


def _register(event: type[Event]) -> None:
    if event.event_name() in _BY_NAME:
        raise TypeError(f"Two events are called {event.event_name()}.")
    if event.key_field not in event.model_fields:
        raise TypeError(f"{event.event_name()} has no field {event.key_field} to be keyed by.")
    if not event.topic.startswith(event.producer() + "."):
        raise TypeError(f"{event.event_name()} lies on a topic of another service: {event.topic}.")
    _BY_NAME[event.event_name()] = event


def find_event(name: str) -> type[Event] | None:
    """The class of a versioned type, or None when this process does not know it."""
    return _BY_NAME.get(name)


def all_events() -> Iterator[type[Event]]:
    """Every registered event, ordered by name."""
    yield from (_BY_NAME[name] for name in sorted(_BY_NAME))
