"""The public catalogue: what leaves is exactly what is listed, under names that stay."""

from pathlib import Path

import orjson
import pytest
from jsonschema import Draft202012Validator

from deploy.catalogue.events import EXAMPLES
from services.team_directory.domain.public_events import (
    BY_SOURCE,
    CATALOGUE,
    PublicEvent,
    profiles_of,
)
from shared.events import gateway, inbox, team_directory, ticketing
from shared.events.base import Event

KEPT_INSIDE: set[type[Event]] = {
    # Notes and their mentions are for colleagues only.
    inbox.NoteAdded,
    inbox.NoteChanged,
    ticketing.TicketNoteAdded,
    # Who works here, with whom, and what they may do or look at.
    team_directory.AccessChanged,
    team_directory.MemberLeft,
    team_directory.MemberSaved,
    team_directory.TeamRemoved,
    team_directory.TeamSaved,
    team_directory.WorkspaceSaved,
    gateway.PresenceChanged,
    ticketing.TicketWatchersChanged,
    # How Parley itself is doing.
    inbox.ProfileHealthChanged,
    team_directory.WebhookPaused,
}
_NEVER = {"workspace_id", "watcher_ids", "mentions", "email"}
ALL = [pytest.param(public, id=name) for name, public in CATALOGUE.items()]


def test_some_things_are_nobody_elses_business() -> None:
    assert not KEPT_INSIDE & set(BY_SOURCE)


@pytest.mark.parametrize("public", ALL)
def test_what_leaves_fits_the_schema_and_is_no_more_than_is_listed(public: PublicEvent) -> None:
    examples = sorted((EXAMPLES / public.source.event_name()).glob("*.json"))
    assert examples
    for path in examples:
        data = public.data(_event(public, path))
        assert set(data) == set(public.fields)
        assert not _NEVER & set(data)
        Draft202012Validator(public.schema()).validate(data)
        assert len(orjson.dumps(data)) < 20_000, "Receivers may refuse more."


def _event(public: PublicEvent, path: Path) -> Event:
    return public.source.model_validate_json(path.read_bytes())


@pytest.mark.parametrize("public", ALL)
def test_the_profiles_of_an_event_are_known(public: PublicEvent) -> None:
    (path, *_) = sorted((EXAMPLES / public.source.event_name()).glob("typical.json"))
    assert bool(profiles_of(_event(public, path))) is (public.source is not inbox.ContactSaved)


def test_names_are_of_the_form_that_the_specification_asks_for() -> None:
    assert all(
        part.isidentifier() and part.islower() for name in CATALOGUE for part in name.split(".")
    )
