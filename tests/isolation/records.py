"""Every row of every service as text, read past row-level security, and what of it is new."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from deploy.postgres.cluster import SERVICES

# The first only slows down guessing; the second says how far alembic got.
_TECHNICAL = ("throttles", "alembic_version")
# Using a key or a session leaves these, and they are the attacker's own.
_TRACES = re.compile(r'"(used_at|used_from|seen_at)": ("[^"]*"|null),? ?')
# Whoever asks for a new password leaves the address that they gave, and it concerns no workspace.
_ASKED = '"kind": "team_directory.password_forgotten"'
# A person's sessions, workspaces and wishes are theirs too, and that they came and went is written
# down.
_OWNERS = {
    "team_directory.sessions": "t.id::text, t.person_id::text",
    "team_directory.memberships": "t.workspace_id::text, t.person_id::text",
    "team_directory.notification_preferences": "t.id::text, t.id::text",
    "team_directory.audit_log": "t.object_id::text, CASE WHEN t.action LIKE 'person.signed%'"
    " AND t.object_id = t.actor_id THEN t.actor_id::text END",
}
_LEADS = frozenset({"team_directory.sessions", "team_directory.memberships"})
_COMINGS = frozenset({"team_directory.audit_log", "team_directory.notification_preferences"})
_TABLES = text(
    "SELECT schemaname, tablename FROM pg_tables WHERE schemaname = ANY(:services)"
    " AND tablename <> ALL(:technical) ORDER BY 1, 2"
)


@dataclass(slots=True)
class Records:
    """Looks as the superuser of the test server does."""

    engine: AsyncEngine
    victim: UUID
    _query: str = ""

    async def read(self, own: Iterable[UUID]) -> set[tuple[str, str]]:
        """All rows but those of the attacker, whose ids are `own`, outside the victim's place."""
        async with self.engine.connect() as connection:
            if not self._query:
                told = {"services": list(SERVICES), "technical": list(_TECHNICAL)}
                tables = (await connection.execute(_TABLES, told)).all()
                self._query = " UNION ALL ".join(_rows(*table) for table in tables)
            found = (await connection.execute(text(self._query))).all()
        mine = {str(it) for it in own}
        mine |= {row.id for row in found if row.owner in mine and row.place in _LEADS}
        return {
            (row.place, _TRACES.sub("", row.line))
            for row in found
            if _ASKED not in row.line
            if (str(self.victim) in row.line and not (row.owner in mine and row.place in _COMINGS))
            or not any(it in row.line for it in mine)
        }


def _rows(schema: str, table: str) -> str:
    """One statement for all tables; the body of an event is read as what it says."""
    line = "to_jsonb(t)::text"
    if table == "outbox":
        line = "(to_jsonb(t) - 'body')::text || convert_from(t.body, 'UTF8')"
    person = _OWNERS.get(f"{schema}.{table}", "NULL, NULL")
    names = "AS v(place, line, id, owner)"
    return (
        f"SELECT v.* FROM {schema}.{table} t,"  # noqa: S608 -- Names of our own catalogue.
        f" LATERAL (VALUES ('{schema}.{table}', {line}, {person})) {names}"
    )
