"""Many rows of a table, made of the one that is there."""

from uuid import UUID

from sqlalchemy import text

from shared.db.database import Database


async def copy_rows(database: Database, workspace_id: UUID, table: str, number: int) -> None:
    """So many copies of each row of the workspace, which differ in all that tells rows apart."""
    async with database.begin(workspace_id) as tx:
        await tx.session.execute(
            text(
                f"INSERT INTO {table} SELECT (jsonb_populate_record(it, jsonb_build_object("  # noqa: S608 -- Our name.
                "'id', gen_random_uuid(), 'conversation_id', gen_random_uuid(),"
                f" 'thread_key', gen_random_uuid(), 'number', n))).* FROM {table} it"
                " CROSS JOIN generate_series(2, :number + 1) n WHERE workspace_id = :workspace"
            ),
            {"workspace": workspace_id, "number": number},
        )
