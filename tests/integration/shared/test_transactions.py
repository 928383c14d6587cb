"""What a transaction shows, keeps and lets out."""

from collections.abc import Mapping
from uuid import UUID

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoFreeConnectionError

from deploy.local.ports import free_port
from services.ticketing.models import Member
from shared.db.database import Database, DatabaseBusyError, is_transient
from shared.db.transaction import EventTooLargeError, Tx
from shared.ids import new_id
from tests.integration.shared.conftest import count, member_saved


def add_member(tx: Tx, workspace_id: UUID, name: str = "Ada") -> None:
    member = Member(
        workspace_id=workspace_id, id=new_id(), name=name, email="a@example.com", active=True
    )
    tx.session.add(member)


async def names(database: Database, workspace_id: UUID) -> list[str]:
    async with database.read(workspace_id) as read:
        return [row.name for row in await read.all(select(Member.name))]


async def test_a_workspace_sees_its_own_rows_even_without_a_filter(ticketing: Database) -> None:
    ours, theirs = new_id(), new_id()
    for workspace_id, name in ((ours, "Ada"), (theirs, "Bob")):
        async with ticketing.begin(workspace_id) as tx:
            add_member(tx, workspace_id, name)

    assert await names(ticketing, ours) == ["Ada"]
    assert await names(ticketing, theirs) == ["Bob"]
    assert await names(ticketing, new_id()) == []


async def test_a_row_of_another_workspace_cannot_be_written(
    ticketing: Database, workspace_id: UUID
) -> None:
    async def write_for_another() -> None:
        async with ticketing.begin(workspace_id) as tx:
            add_member(tx, new_id())

    with pytest.raises(ProgrammingError, match="row-level security"):
        await write_for_another()


async def test_an_update_without_a_filter_stays_in_the_workspace(ticketing: Database) -> None:
    ours, theirs = new_id(), new_id()
    for workspace_id in (ours, theirs):
        async with ticketing.begin(workspace_id) as tx:
            add_member(tx, workspace_id)

    async with ticketing.begin(ours) as tx:
        await tx.session.execute(update(Member).values(name="Changed"))

    assert await names(ticketing, ours) == ["Changed"]
    assert await names(ticketing, theirs) == ["Ada"]


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE members DISABLE ROW LEVEL SECURITY",
        "DROP POLICY by_workspace ON members",
        "SET ROLE ticketing_owner",
        "SELECT * FROM inbox.profiles",
    ],
)
async def test_the_run_time_role_cannot_step_around_the_isolation(
    ticketing: Database, statement: str
) -> None:
    with pytest.raises(DBAPIError):
        async with ticketing.begin() as tx:
            await tx.session.execute(text(statement))


async def test_the_workspace_does_not_outlive_its_transaction(
    ticketing: Database, workspace_id: UUID
) -> None:
    async with ticketing.begin(workspace_id) as tx:
        add_member(tx, workspace_id)
    async with ticketing.engine.connect() as connection:
        assert (await connection.execute(select(Member.name))).all() == []


async def test_a_read_transaction_cannot_write(ticketing: Database, workspace_id: UUID) -> None:
    with pytest.raises(DBAPIError, match="read-only"):
        async with ticketing.read(workspace_id) as read:
            await read.connection.execute(
                insert(Member).values(
                    workspace_id=workspace_id, id=new_id(), name="", email="", active=True
                )
            )


async def test_events_appear_with_their_transaction_or_not_at_all(
    team_directory: Database, workspace_id: UUID
) -> None:
    async def publish_and_fail() -> None:
        async with team_directory.begin(workspace_id) as tx:
            await tx.publish(member_saved(workspace_id))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await publish_and_fail()
    assert await count(team_directory, "SELECT count(*) FROM outbox") == 0

    async with team_directory.begin(workspace_id) as tx:
        await tx.publish(member_saved(workspace_id), member_saved(workspace_id))
    assert await count(team_directory, "SELECT count(*) FROM outbox") == 2


async def test_a_service_cannot_publish_for_another(
    ticketing: Database, workspace_id: UUID
) -> None:
    with pytest.raises(TypeError, match="may not publish"):
        async with ticketing.begin(workspace_id) as tx:
            await tx.publish(member_saved(workspace_id))


async def test_the_owner_sees_every_workspace_so_that_migrations_can_move_data(
    urls: Mapping[str, str], ticketing: Database
) -> None:
    async with ticketing.begin(workspace := new_id()) as tx:
        add_member(tx, workspace)
    owner = Database(urls["ticketing_owner"], producer="ticketing")
    try:
        assert await count(owner, "SELECT count(*) FROM members") == 1
    finally:
        await owner.close()


async def test_an_event_that_no_bus_would_take_is_refused_at_once(
    team_directory: Database, workspace_id: UUID
) -> None:
    async def publish_too_much() -> None:
        async with team_directory.begin(workspace_id) as tx:
            await tx.publish(member_saved(workspace_id, "A" * 1_000_000))

    with pytest.raises(EventTooLargeError):
        await publish_too_much()
    assert await count(team_directory, "SELECT count(*) FROM outbox") == 0


async def test_the_statements_of_one_read_see_the_same_moment(
    ticketing: Database, workspace_id: UUID
) -> None:
    async with ticketing.read(workspace_id) as read:
        assert await read.all(select(Member.name)) == []
        async with ticketing.begin(workspace_id) as tx:
            add_member(tx, workspace_id)
        assert await read.all(select(Member.name)) == []
    assert await names(ticketing, workspace_id) == ["Ada"]


async def test_who_writes_after_a_read_sees_what_others_have_committed(
    ticketing: Database, workspace_id: UUID
) -> None:
    """On the same connection, because a pool hands out the one that came back last."""
    await names(ticketing, workspace_id)
    async with ticketing.begin(workspace_id) as tx:
        assert await tx.session.scalar(text("SHOW transaction_isolation")) == "read committed"
        assert await tx.session.scalar(text("SHOW transaction_read_only")) == "off"


@pytest.mark.parametrize(
    ("state", "passes"),
    [
        ("40001", True),  # serialization_failure
        ("53100", True),  # disk_full
        ("53300", True),  # too_many_connections
        ("57P01", True),  # admin_shutdown
        ("58030", True),  # io_error
        ("25P03", True),  # idle_in_transaction_session_timeout
        ("23505", False),  # unique_violation
        ("XX001", False),  # data_corrupted
    ],
)
async def test_what_may_pass_is_told_from_what_will_not(
    ticketing: Database, state: str, *, passes: bool
) -> None:
    statement = text(f"DO $$BEGIN RAISE EXCEPTION USING ERRCODE = '{state}'; END$$")
    with pytest.raises(DatabaseBusyError if passes else DBAPIError):
        async with ticketing.begin() as tx:
            await tx.session.execute(statement)


async def test_a_server_that_is_not_there_is_busy() -> None:
    database = Database(f"postgresql://nobody@127.0.0.1:{free_port()}/none", producer="ticketing")
    with pytest.raises(DatabaseBusyError):
        await database.ping()


async def test_a_full_pool_is_a_passing_fault() -> None:
    assert is_transient(NoFreeConnectionError())


async def test_a_session_that_stands_still_does_not_hold_up_others_for_ever(
    ticketing: Database,
) -> None:
    async with ticketing.read() as read:
        row = await read.first(
            text("SELECT current_setting('idle_in_transaction_session_timeout')")
        )
    assert row is not None
    assert row[0] == "1min"


@pytest.mark.parametrize(("faults", "stands"), [(0, True), (3, True), (4, False)])
async def test_what_has_happened_outside_is_insisted_on(
    ticketing: Database, workspace_id: UUID, *, faults: int, stands: bool
) -> None:
    tries: list[int] = []

    async def change(tx: Tx) -> None:
        tries.append(len(tries))
        add_member(tx, workspace_id)
        if len(tries) <= faults:
            raise DatabaseBusyError

    if stands:
        await ticketing.insist(workspace_id, change)
    else:
        with pytest.raises(DatabaseBusyError):
            await ticketing.insist(workspace_id, change)
    assert len(tries) == min(faults + 1, 4)
    assert await names(ticketing, workspace_id) == (["Ada"] if stands else [])
