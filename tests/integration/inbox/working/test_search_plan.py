"""Search asks its inverted indexes, although row-level security forbids that to plain queries."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from shared.db.database import sqlalchemy_url
from tests.support.inbox_desk import InboxDesk

_COPIES = text(
    "INSERT INTO interactions (workspace_id, id, profile_id, conversation_id, contact_id,"
    " external_id, kind, direction, origin, visibility, author, text, media, handle, item_version,"
    " written_at, received_at, words, grams)"
    " SELECT workspace_id, gen_random_uuid(), profile_id, conversation_id, contact_id,"
    " external_id || n, kind, direction, origin, visibility, author, 'filler', media, handle,"
    " item_version, written_at, received_at, to_tsvector('simple', 'filler'), '{充,数,充数}'"
    " FROM interactions CROSS JOIN generate_series(1, 6000) n WHERE workspace_id = :workspace"
)
_TOUCHED = text(
    "SELECT seq_tup_read, idx_tup_fetch FROM pg_stat_xact_user_tables"
    " WHERE relname = 'interactions' AND schemaname = current_schema()"
)


@pytest.mark.parametrize(
    ("query", "grams"), [("'quokka':*", None), (None, ["鼹鼠"]), ("'quokka':*", ["鼹鼠"])]
)
async def test_a_rare_word_touches_few_rows(
    desk: InboxDesk, database_urls: Mapping[str, str], query: str | None, grams: list[str] | None
) -> None:
    await desk.conversation("quokka 鼹鼠")
    await _fill(desk, database_urls["inbox_owner"])
    hits = text("SELECT count(*) FROM search_hits(CAST(:query AS tsquery), :grams, NULL, NULL, 50)")
    parameters: dict[str, Any] = {"query": query, "grams": grams}

    async with desk.database.read(desk.workspace_id) as read:
        found = await read.first(hits, parameters)
        touched = await read.first(_TOUCHED)

    assert found is not None
    assert touched is not None
    assert (found[0], touched.seq_tup_read) == (1, 0)
    assert touched.idx_tup_fetch < 100  # Of six thousand; other workspaces may have a few.


async def test_the_function_keeps_to_the_workspace_of_the_transaction(desk: InboxDesk) -> None:
    await desk.conversation("quokka")
    stranger = InboxDesk(desk.hand, desk.clock)
    hits = text("SELECT count(*) FROM search_hits('quokka', NULL, NULL, NULL, 50)")
    seen = []
    for workspace_id in (desk.workspace_id, stranger.workspace_id):
        async with desk.database.read(workspace_id) as read:
            row = await read.first(hits)
            assert row is not None
            seen.append(row[0])
    assert seen == [1, 0]


async def _fill(desk: InboxDesk, owner_url: str) -> None:
    async with desk.database.begin(desk.workspace_id) as tx:
        await tx.session.execute(_COPIES, {"workspace": desk.workspace_id})
    engine = create_async_engine(sqlalchemy_url(owner_url), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text("VACUUM ANALYZE interactions"))
    await engine.dispose()
