"""Reads what became of everything: straight from the tables and from the network's own books.

It shares no code with the product, so that it cannot share its mistakes: plain SQL, plain HTTP, and
the table in docs/events.md that says who reads which event.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import asyncpg
import httpx

from tests.faults.load import Promise
from tests.faults.recount import RECOUNT
from tests.faults.stream import Follower

SERVICES = ("team_directory", "inbox", "scheduler", "ticketing", "analytics")
_EVENTS_PAGE = Path(__file__).parents[2] / "docs/events.md"
_READ_BY = re.compile(r"^\| `([a-z_.]+)\.v\d+` \| `\w+` \| ([a-z_, ]*) \|", re.MULTILINE)
Row = Mapping[str, Any]


class Outcome(StrEnum):
    KEPT = "kept"
    LOST = "lost"
    DOUBLED = "doubled"
    UNKNOWN = "unknown"  # Said so, and left to a person.
    OPEN = "open"  # Still under way.


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that had to happen once, and what became of it."""

    kind: str
    what: str
    at: datetime
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Network:
    """The network's own books: what was written on it, and which deliveries were acknowledged."""

    items: list[Row]
    accounts: frozenset[str]
    acknowledged: frozenset[str]

    @classmethod
    async def read(cls, http: httpx.AsyncClient) -> "Network":
        state = (await http.get("/_sandbox/state")).json()
        attempts = (await http.get("/_sandbox/webhooks/deliveries")).json()
        done = {
            event_id
            for attempt in attempts
            if attempt["status"] is not None and 200 <= attempt["status"] < 300
            for event_id in attempt["event_ids"]
        }
        items = frozenset(
            event["data"]["item"]["id"]
            for event in state["events"]
            if event["id"] in done and event["type"] == "item.created"
        )
        return cls(list(state["items"].values()), frozenset(state["accounts"]), items)

    def standing(self) -> Counter[str]:
        """How often each text stands there in the name of an account."""
        return Counter(item["text"] for item in self.items if item["author_id"] in self.accounts)


class Reader:
    def __init__(self, database_url: str, http: httpx.AsyncClient) -> None:
        self._url = database_url
        self._http = http
        found = _READ_BY.findall(_EVENTS_PAGE.read_text())
        self._readers = {name: set(who.split(", ")) & set(SERVICES) for name, who in found}

    async def facts(self, promises: list[Promise], follower: Follower) -> list[Fact]:
        network = await Network.read(self._http)
        connection = await asyncpg.connect(self._url)
        try:
            return [
                *await self._written(connection, network),
                *await self._promised(connection, network, promises),
                *await self._effects(connection),
                *await self._shown(connection, follower),
                *await self._set_aside(connection),
                *await self._tickets(connection),
                *await self._numbers(connection),
            ]
        finally:
            await connection.close()

    async def _written(self, connection: Any, network: Network) -> list[Fact]:
        """What customers wrote is one interaction, whether its webhook was acknowledged or not."""
        rows = await connection.fetch(
            "select external_id, count(*) from inbox.interactions group by 1"
        )
        known: dict[str, int] = dict(rows)
        return [
            Fact(
                "webhook" if item["id"] in network.acknowledged else "read back",
                item["id"],
                datetime.fromisoformat(item["created_at"]),
                _times(known.get(item["id"], 0)),
            )
            for item in network.items
            if item["author_id"] not in network.accounts
        ]

    async def _promised(
        self, connection: Any, network: Network, promises: list[Promise]
    ) -> list[Fact]:
        actions = await connection.fetch("select id, state, error_code from inbox.actions")
        posts = await connection.fetch(
            "select post_id as id, state, error_code from scheduler.publications"
        )
        ledger = {("reply", str(row["id"])): row for row in actions}
        ledger |= {("post", str(row["id"])): row for row in posts}
        standing = network.standing()
        known = {promise.text for promise in promises}
        facts = [
            Fact(
                each.what,
                each.text,
                each.at,
                _kept(ledger.get((each.what, each.id)), standing[each.text]),
            )
            for each in promises
        ]
        return facts + [
            Fact(
                "unpromised",
                item["text"],
                datetime.fromisoformat(item["created_at"]),
                Outcome.DOUBLED,
            )
            for item in network.items
            if item["author_id"] in network.accounts
            and standing[item["text"]] > 1
            and item["text"] not in known
        ]

    async def _effects(self, connection: Any) -> list[Fact]:
        """Every event was taken in by each of those that the catalogue names as its readers."""
        facts: list[Fact] = []
        seen = {
            service: set(
                await self._column(
                    connection,
                    f"select event_id from {service}.processed_events where consumer = $1",  # noqa: S608
                    service,
                )
            )
            for service in SERVICES
        }
        for event in await self._events(connection):
            for reader in self._readers.get(event["name"], ()):
                outcome = Outcome.KEPT if event["event_id"] in seen[reader] else Outcome.LOST
                what = f"{event['name']} {event['event_id']} by {reader}"
                facts.append(Fact("effect", what, event["created_at"], outcome))
        return facts

    async def _events(self, connection: Any) -> list[Row]:
        """All events of all services; their names without the version."""
        union = " union all ".join(
            f"select event_id, headers->>'ce_type' as type, created_at from {service}.outbox"  # noqa: S608
            for service in SERVICES
        )
        rows = await connection.fetch(union)
        return [{**row, "name": re.sub(r"\.v\d+$", "", row["type"])} for row in rows]

    async def _shown(self, connection: Any, follower: Follower) -> list[Fact]:
        """Of what the stream shows at all, everything was shown or is excused by a reset."""
        events = await self._events(connection)
        shown = {event["name"] for event in events if str(event["event_id"]) in follower.seen}
        return [
            Fact(
                "stream",
                f"{event['name']} {event['event_id']}",
                event["created_at"],
                Outcome.LOST
                if follower.missed(str(event["event_id"]), event["created_at"])
                else Outcome.KEPT,
            )
            for event in events
            if event["name"] in shown
        ]

    async def _set_aside(self, connection: Any) -> list[Fact]:
        """Nothing that is whole was taken for a dead letter."""
        letters = " union all ".join(
            f"select '{service}' as name, code, at from {service}.dead_letters"  # noqa: S608
            for service in SERVICES
        )
        failed = (
            "select 'delivery' as name, error_detail as code, received_at as at"
            " from inbox.deliveries where state = 'failed'"
        )
        rows = await connection.fetch(f"{letters} union all {failed}")
        return [
            Fact("set aside", f"{row['name']}: {row['code']}", row["at"], Outcome.LOST)
            for row in rows
        ]

    async def _tickets(self, connection: Any) -> list[Fact]:
        """What was written after a ticket was opened stands on it, and moved its clocks once."""
        rows = await connection.fetch(
            """
            select i.id, i.received_at as at, m.id is not null as shown,
                (select count(*) from ticketing.activities a where a.ticket_id = t.id
                    and a.after->>'messages' = i.id::text) as times
            from ticketing.tickets t
            join inbox.interactions i on i.conversation_id = t.conversation_id
                and i.received_at > t.opened_at + interval '1 second'
            left join ticketing.messages m on m.id = i.id and m.ticket_id = t.id
            """
        )
        return [
            Fact(
                "ticket",
                str(row["id"]),
                row["at"],
                _times(row["times"]) if row["shown"] else Outcome.LOST,
            )
            for row in rows
        ]

    async def _numbers(self, connection: Any) -> list[Fact]:
        """The totals of analytics against a recount; each missing or surplus one is a fact."""
        return [
            Fact("number", row["measure"], row["at"], outcome)
            for row in await connection.fetch(RECOUNT)
            for outcome, count in (
                (Outcome.KEPT, min(row["expected"], row["found"])),
                (Outcome.LOST, row["expected"] - row["found"]),
                (Outcome.DOUBLED, row["found"] - row["expected"]),
                # As many responses, but not as long.
                (Outcome.LOST, int(row["expected_seconds"] != row["found_seconds"])),
            )
            for _ in range(max(0, int(count)))
        ]

    async def _column(self, connection: Any, statement: str, *values: Any) -> list[Any]:
        return [row[0] for row in await connection.fetch(statement, *values)]


def _times(count: int) -> Outcome:
    return (Outcome.LOST, Outcome.KEPT)[count] if count < 2 else Outcome.DOUBLED


def _kept(row: Row | None, standing: int) -> Outcome:
    """A promise by what the ledger says of it and how often it stands on the network."""
    if standing > 1:
        return Outcome.DOUBLED
    if row is None:
        return Outcome.LOST
    if row["state"] in ("pending", "sending", "draft"):
        return Outcome.OPEN
    if row["state"] == "unknown":
        final = (row["error_code"] or "").endswith(".unsettled")
        return Outcome.UNKNOWN if final else Outcome.OPEN
    done = row["state"] in ("sent", "published")
    return Outcome.KEPT if done and standing == 1 else Outcome.LOST
