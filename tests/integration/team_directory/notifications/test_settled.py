"""What is settled is no news any more."""

from datetime import timedelta

import pytest

from services.team_directory.commands.connection_state import apply_happening
from services.team_directory.domain.connection import Happening
from services.team_directory.models import Profile
from shared.clock import ManualClock
from shared.events.scheduler import PublicationAtRisk, PublicationState
from shared.events.team_directory import NotificationAdded, NotificationsRead
from shared.events.ticketing import SlaMet, SlaNear, SlaTarget
from shared.ids import new_id
from tests.support.team_directory import DirectoryHand, Somebody
from tests.support.tidings import Tidings


async def test_a_promise_that_was_near_and_is_kept(
    tidings: Tidings, directory: DirectoryHand, ben: Somebody, clock: ManualClock
) -> None:
    ticket = tidings.ticket(assignee_id=ben.id)
    promise = {"target": SlaTarget.FIRST_RESPONSE, "run": 1, "due_at": clock.now()}
    await tidings.tell(SlaNear(**ticket, **promise), SlaNear(**ticket, **{**promise, "run": 2}))
    before = {each["id"] for each in await tidings.listed(ben)}
    assert len(before) == 2
    await directory.forget_events()
    clock.advance(timedelta(seconds=1))
    kept = SlaMet(**ticket, **promise, at=clock.now(), wall_seconds=1, business_seconds=1)
    await tidings.tell(kept)
    assert await tidings.unread(ben) == 1
    (gone,) = await directory.events()
    assert isinstance(gone, NotificationsRead)
    assert gone.person_id == ben.id
    after = {each["id"] for each in await tidings.listed(ben)}
    assert before - after == {str(each) for each in gone.notification_ids}


async def test_a_miss_takes_the_place_of_the_warning(
    tidings: Tidings, ben: Somebody, clock: ManualClock
) -> None:
    ticket = tidings.ticket(assignee_id=ben.id)
    promise = {"target": SlaTarget.FIRST_RESPONSE, "run": 1, "due_at": clock.now()}
    await tidings.tell(SlaNear(**ticket, **promise))
    clock.advance(timedelta(seconds=1))
    missed = tidings.missed(**{**ticket, **promise})
    await tidings.tell(missed)
    assert [each["kind"] for each in await tidings.listed(ben)] == ["sla_missed"]


async def test_a_failed_post_that_is_published_after_all(
    tidings: Tidings, ben: Somebody, clock: ManualClock
) -> None:
    post = {"post_id": new_id(), "publication_id": new_id(), "author_id": ben.id}
    await tidings.tell(tidings.published(PublicationState.FAILED, **post, post_version=2))
    other = {**post, "publication_id": new_id()}
    await tidings.tell(tidings.published(PublicationState.FAILED, **other, post_version=3))
    assert await tidings.unread(ben) == 2
    clock.advance(timedelta(seconds=1))
    await tidings.tell(tidings.published(PublicationState.PUBLISHED, **post, post_version=4))
    assert await tidings.unread(ben) == 1


async def test_what_was_read_stays_to_be_looked_up(
    tidings: Tidings, directory: DirectoryHand, ben: Somebody, clock: ManualClock
) -> None:
    post = {"post_id": new_id(), "publication_id": new_id(), "author_id": ben.id}
    await tidings.tell(tidings.published(PublicationState.FAILED, **post, post_version=2))
    await directory.call(ben, "POST", "/notifications/read-all", {})
    clock.advance(timedelta(seconds=1))
    await tidings.tell(tidings.published(PublicationState.PUBLISHED, **post, post_version=4))
    assert len(await tidings.listed(ben)) == 1


async def test_a_risk_that_passes_and_comes_back(
    tidings: Tidings, directory: DirectoryHand, ben: Somebody, clock: ManualClock
) -> None:
    planned = tidings.published(PublicationState.PENDING, author_id=ben.id)
    risk = planned.model_dump(include=set(PublicationAtRisk.model_fields))
    for at_risk in (True, False, True):
        clock.advance(timedelta(seconds=1))
        await tidings.tell(PublicationAtRisk(**risk, at_risk=at_risk))
        assert await tidings.unread(ben) == at_risk
    told = [
        type(event)
        for event in await directory.events()
        if isinstance(event, NotificationAdded | NotificationsRead) and event.person_id == ben.id
    ]
    assert told == [NotificationAdded, NotificationsRead, NotificationAdded]


@pytest.mark.parametrize("state", [PublicationState.PENDING, PublicationState.FAILED])
async def test_a_risk_of_a_plan_that_stands_no_longer(
    tidings: Tidings, ben: Somebody, clock: ManualClock, state: PublicationState
) -> None:
    planned = tidings.published(PublicationState.PENDING, author_id=ben.id)
    risk = planned.model_dump(include=set(PublicationAtRisk.model_fields))
    await tidings.tell(PublicationAtRisk(**risk, at_risk=True))
    clock.advance(timedelta(seconds=1))
    await tidings.tell(planned.model_copy(update={"state": state, "post_version": 5}))
    kinds = {each["kind"] for each in await tidings.listed(ben)}
    assert "publication_at_risk" not in kinds


async def test_a_profile_that_is_connected_again(
    tidings: Tidings, directory: DirectoryHand, owner: Somebody, clock: ManualClock
) -> None:
    database = directory.service.database
    async with database.begin(owner.workspace_id) as tx:
        tx.session.add(
            Profile(
                workspace_id=tx.workspace_id,
                id=tidings.profile_id,
                network="sandbox",
                external_id="acc",
                account_key="acc",
                state="connected",
                version=1,
                created_at=tx.now,
            )
        )
    for happening, unread in ((Happening.REFUSED, 1), (Happening.WORKED, 0)):
        clock.advance(timedelta(seconds=1))
        async with database.begin(owner.workspace_id) as tx:
            await apply_happening(tx, tidings.profile_id, happening, "network.auth_expired")
        assert await tidings.unread(owner) == unread
