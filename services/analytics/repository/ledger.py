"""Measurements, and the totals that follow every change of them."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import text

from services.analytics.domain.measurement import Measurement
from services.analytics.domain.totals import Key, Tally
from shared.db.transaction import Tx

Ledger = Mapping[UUID, Collection[Measurement]]

_LOAD = text(
    "SELECT subject_id, measure, item_id, at, day, hour, profile_id, kind, person_id, team_id,"
    " off, wall, business FROM measurements WHERE workspace_id = :workspace"
    " AND generation = :generation AND subject_id = ANY(CAST(:subjects AS uuid[]))"
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


async def tally(tx: Tx, generation: int, tallied: Tally) -> None:
    """Add what changed to the totals; a total of nothing is no row."""
    for table, (names, changes) in tallied.tables().items():
        if not changes:
            continue
        # In order, so that two who write the same totals do not deadlock.
        keys = sorted(changes)
        parameters = _about(tx, generation) | _columns(names, keys)
        await tx.session.execute(
            _upsert(table, names),
            {
                **parameters,
                "counts": [changes[key][0] for key in keys],
                "totals": [changes[key][1] for key in keys],
            },
        )
        if any(changes[key][0] <= 0 for key in keys):
            await tx.session.execute(_prune(table, names), parameters)


def _about(tx: Tx, generation: int, subjects: Iterable[UUID] | None = None) -> dict[str, Any]:
    about: dict[str, Any] = {"workspace": tx.workspace_id, "generation": generation}
    return about if subjects is None else {**about, "subjects": list(subjects)}


def _columns(names: tuple[str, ...], keys: Iterable[Key]) -> dict[str, Any]:
    return {name: list(values) for name, values in zip(names, zip(*keys, strict=True), strict=True)}


def _arrays(names: tuple[str, ...]) -> str:
    return ", ".join(f"CAST(:{name} AS {_TYPES[name]}[])" for name in names)


def _upsert(table: str, names: tuple[str, ...]) -> Any:
    columns = ", ".join(names)
    return text(
        f"INSERT INTO {table} (workspace_id, generation, {columns}, count, total)"  # noqa: S608 - names of our own columns
        f" SELECT :workspace, :generation, * FROM unnest({_arrays(names)},"
        " CAST(:counts AS integer[]), CAST(:totals AS bigint[]))"
        f" ON CONFLICT (workspace_id, generation, {columns}) DO UPDATE"
        f" SET count = {table}.count + excluded.count, total = {table}.total + excluded.total"
    )


def _prune(table: str, names: tuple[str, ...]) -> Any:
    same = " AND ".join(f"t.{name} = k.{name}" for name in names)
    return text(
        f"DELETE FROM {table} AS t USING unnest({_arrays(names)}) AS k({', '.join(names)})"  # noqa: S608 - names of our own columns
        f" WHERE t.workspace_id = :workspace AND t.generation = :generation AND {same}"
        " AND t.count = 0"
    )
