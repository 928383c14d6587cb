"""Measurements, and the totals that follow every change of them."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, text

from services.analytics.domain.measurement import Measurement
from services.analytics.domain.totals import BY_DAY, BY_DETAIL, BY_PROFILE, Changes
from shared.db.transaction import Tx

Ledger = Mapping[UUID, Collection[Measurement]]

# Subject by subject, whatever the planner believes of a table that has just begun to grow.
_LOAD = text(
    "SELECT m.* FROM unnest(CAST(:subjects AS uuid[])) AS s(id) CROSS JOIN LATERAL"
    " (SELECT subject_id, measure, item_id, at, day, hour, profile_id, kind, person_id, team_id,"
    " off, wall, business FROM measurements WHERE workspace_id = :workspace"
    " AND generation = :generation AND subject_id = s.id OFFSET 0) AS m"
)
_REMOVE = text(
    "DELETE FROM measurements AS m USING unnest(CAST(:subjects AS uuid[]),"
    " CAST(:measures AS text[]), CAST(:items AS uuid[])) AS g(subject_id, measure, item_id)"
    " WHERE m.workspace_id = :workspace AND m.generation = :generation"
    " AND m.subject_id = g.subject_id AND m.measure = g.measure AND m.item_id = g.item_id"
)
_ADD = text(
    "INSERT INTO measurements (workspace_id, generation, subject_id, measure, item_id, at, day,"
    " hour, profile_id, kind, person_id, team_id, off, wall, business)"
    " SELECT :workspace, :generation, * FROM unnest(CAST(:subjects AS uuid[]),"
    " CAST(:measures AS text[]), CAST(:items AS uuid[]), CAST(:moments AS timestamptz[]),"
    " CAST(:days AS date[]), CAST(:hours AS smallint[]), CAST(:profiles AS uuid[]),"
    " CAST(:kinds AS text[]), CAST(:people AS uuid[]), CAST(:teams AS uuid[]),"
    " CAST(:offs AS boolean[]), CAST(:walls AS integer[]), CAST(:businesses AS integer[]))"
)
_FIELDS = (
    "measures",
    "items",
    "moments",
    "days",
    "hours",
    "profiles",
    "kinds",
    "people",
    "teams",
    "offs",
    "walls",
    "businesses",
)
_TYPES = {
    "measure": "text",
    "day": "date",
    "clock": "text",
    "bucket": "smallint",
    "profile_id": "uuid",
    "hour": "smallint",
    "kind": "text",
    "person_id": "uuid",
    "team_id": "uuid",
}
_ARRAYS = ", ".join(f"CAST(:{name} AS {_TYPES[name]}[])" for name in BY_DETAIL)
_CHANGES = (
    f"WITH changes AS MATERIALIZED (SELECT * FROM unnest({_ARRAYS},"  # noqa: S608 - names of our own columns
    " CAST(:counts AS integer[]), CAST(:totals AS bigint[]))"
    f" AS c({', '.join(BY_DETAIL)}, count, total))"
)
_GRAINS = {
    "totals_by_day": BY_DAY,
    "totals_by_profile": BY_PROFILE,
    "totals_by_detail": BY_DETAIL,
}


def _upsert(table: str, names: tuple[str, ...]) -> str:
    """Adds the changes at one grain, in order, so that two who write the same do not deadlock."""
    columns = ", ".join(names)
    return (
        f"INSERT INTO {table} (workspace_id, generation, {columns}, count, total)"  # noqa: S608 - names of our own columns
        f" SELECT :workspace, :generation, {columns}, sum(count), sum(total) FROM changes"
        f" GROUP BY {columns} HAVING sum(count) <> 0 OR sum(total) <> 0 ORDER BY {columns}"
        f" ON CONFLICT (workspace_id, generation, {columns}) DO UPDATE"
        f" SET count = {table}.count + excluded.count, total = {table}.total + excluded.total"
    )


def _prune(table: str, names: tuple[str, ...]) -> str:
    same = " AND ".join(f"t.{name} = c.{name}" for name in names)
    return (
        f"DELETE FROM {table} AS t USING changes AS c"  # noqa: S608 - names of our own columns
        f" WHERE t.workspace_id = :workspace AND t.generation = :generation AND {same}"
        " AND t.count = 0"
    )


def _at_all_grains(statement: Callable[[str, tuple[str, ...]], str]) -> TextClause:
    """One statement that does the same to the three tables, from the changes by detail."""
    *first, last = (statement(table, names) for table, names in _GRAINS.items())
    parts = ", ".join(f"part{number} AS ({one})" for number, one in enumerate(first))
    return text(f"{_CHANGES}, {parts} {last}")


_TALLY = _at_all_grains(_upsert)
_PRUNE = _at_all_grains(_prune)


async def load(
    tx: Tx, generation: int, subject_ids: Collection[UUID]
) -> dict[UUID, set[Measurement]]:
    """What is written of these subjects."""
    rows = await tx.session.execute(_LOAD, _about(tx, generation, list(subject_ids)))
    found: dict[UUID, set[Measurement]] = {}
    for subject_id, *values in rows.all():
        found.setdefault(subject_id, set()).add(Measurement(*values))
    return found


async def remove(tx: Tx, generation: int, gone: Ledger) -> None:
    rows = [(subject, one) for subject, some in gone.items() for one in some]
    if rows:
        parameters = _about(tx, generation, [subject for subject, _ in rows])
        parameters["measures"] = [one.measure for _, one in rows]
        parameters["items"] = [one.item_id for _, one in rows]
        await tx.session.execute(_REMOVE, parameters)


async def add(tx: Tx, generation: int, new: Ledger) -> None:
    rows = [(subject, one) for subject, some in new.items() for one in some]
    if rows:
        parameters = _about(tx, generation, [subject for subject, _ in rows])
        columns = zip(*(one for _, one in rows), strict=True)
        parameters |= {name: list(values) for name, values in zip(_FIELDS, columns, strict=True)}
        await tx.session.execute(_ADD, parameters)


async def tally(tx: Tx, generation: int, changes: Changes) -> None:
    """Add what changed to the totals; a total of nothing is no row."""
    if not changes:
        return
    parameters = _about(tx, generation)
    for name, values in zip(BY_DETAIL, zip(*changes, strict=True), strict=True):
        parameters[name] = list(values)
    parameters["counts"] = [count for count, _ in changes.values()]
    parameters["totals"] = [total for _, total in changes.values()]
    await tx.session.execute(_TALLY, parameters)
    if any(count <= 0 for count in parameters["counts"]):
        await tx.session.execute(_PRUNE, parameters)


def _about(tx: Tx, generation: int, subjects: Iterable[UUID] | None = None) -> dict[str, Any]:
    about: dict[str, Any] = {"workspace": tx.workspace_id, "generation": generation}
    return about if subjects is None else {**about, "subjects": list(subjects)}
