"""Whatever order a delivery log arrives in, repeated and split at will, the inbox is the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from services.inbox.models import (
    Contact,
    Conversation,
    Interaction,
    InteractionVersion,
    RemovedItem,
    Thread,
)
from shared.db.database import Database
from shared.ids import new_id
from shared.networks.types import ItemKind, RawDelivery
from tests.integration.inbox.inbound.conftest import Inbound
from tests.support.inbound import US, removed, written

_OUR_OWN = frozenset(
    {
        "workspace_id",
        "profile_id",
        "id",
        "conversation_id",
        "contact_id",
        "received_at",
        # How many batches it took.
        "version",
    }
)
PEOPLE = ("grace", "omar")


@dataclass(frozen=True)
class Line:
    """One piece of writing: by whom, in answer to which earlier one, edited and removed or not."""

    ours: bool
    person: int
    answers: int
    private: bool
    edits: int
    gone: bool


LINES = st.lists(
    st.builds(
        Line,
        ours=st.booleans(),
        person=st.integers(0, len(PEOPLE) - 1),
        answers=st.integers(0, 5),
        private=st.booleans(),
        edits=st.integers(0, 2),
        gone=st.booleans(),
    ),
    min_size=1,
    max_size=7,
)


def log_of(lines: list[Line]) -> list[RawDelivery]:
    """What a network tells of them, in order."""
    log = [written("post", US, kind=ItemKind.POST)]
    for number, line in enumerate(lines, 1):
        before = [index + 1 for index in range(number - 1) if lines[index].private == line.private]
        parent = f"i{before[line.answers % len(before)]}" if before else None
        person = PEOPLE[line.person]
        log += [
            written(
                f"i{number}",
                US if line.ours else person,
                f"text {number} in version {version}",
                minute=number,
                version=version,
                kind=ItemKind.DM if line.private else ItemKind.COMMENT,
                thread=f"dm-{person}" if line.private else "post",
                parent=parent,
            )
            for version in range(1, line.edits + 2)
        ]
        if line.gone:
            log.append(removed(f"i{number}", minute=number + 0.5))
    return log


async def picture(inbound: Inbound) -> Mapping[str, Any]:
    """Everything that people see, without the ids and the moments of our own making."""
    interactions = await inbound.all(Interaction, Interaction.external_id)
    conversations = {row.id: row for row in await inbound.all(Conversation)}
    contacts = {row.id: row for row in await inbound.all(Contact)}
    names = {row.id: row.external_id for row in interactions}
    versions = await inbound.all(InteractionVersion)
    return {
        "interactions": [
            values(row, Interaction, _OUR_OWN)
            | {
                "conversation": conversations[row.conversation_id].thread_key,
                "contact": contacts[row.contact_id].name,
            }
            for row in interactions
        ],
        "conversations": {
            row.thread_key: values(row, Conversation, _OUR_OWN)
            | {"contact": contacts[row.contact_id].name}
            for row in conversations.values()
        },
        "contacts": sorted((c.name, c.first_seen_at, c.last_seen_at) for c in contacts.values()),
        "versions": sorted((names[v.interaction_id], v.item_version, v.text) for v in versions),
        "removed": sorted((r.external_id, r.removed_at) for r in await inbound.all(RemovedItem)),
        "threads": sorted(
            (r.thread_id, r.target["external_id"], r.active_at) for r in await inbound.all(Thread)
        ),
    }


def values(row: Any, model: Any, without: frozenset[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in set(model.__table__.c.keys()) - without}


@settings(
    max_examples=20,
    deadline=None,
    # Explaining a failure traces every line, which takes longer than a test may.
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(lines=LINES, data=st.data())
async def test_any_order_gives_the_same_inbox(
    database: Database, lines: list[Line], data: st.DataObject
) -> None:
    log = log_of(lines)
    expected = Inbound(database, new_id(), new_id())
    for delivery in log:
        await expected.take(delivery)

    shuffled = Inbound(database, new_id(), new_id())
    order = data.draw(st.permutations(log + data.draw(st.lists(st.sampled_from(log), max_size=4))))
    while order:
        size = data.draw(st.integers(1, len(order)))
        batch, order = order[:size], order[size:]
        await shuffled.receive(*batch)
        if data.draw(st.booleans()):
            await shuffled.handle(limit=data.draw(st.sampled_from([1, 2, 100])))
    await shuffled.handle()

    assert await picture(shuffled) == await picture(expected)
    ledger = await shuffled.ledger()
    assert ledger.received - ledger.repeated == ledger.stored == ledger.handled == len(log)
