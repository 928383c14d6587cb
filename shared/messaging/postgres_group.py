"""Who owns which partition: membership and ownership are session locks, so nothing is written.

Every member holds a shared lock for each topic of its group and an exclusive one for each of its
partitions. Locks go with their connection: a member that dies is gone at that moment, without
heartbeats, and one that lost its connection has no way left to commit. One that is halted but not
dead falls silent, and the others end its connection.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b
from math import ceil
from typing import Any

from shared.db.silence import end_silent
from shared.messaging.bus import TopicPartition
from shared.messaging.postgres_reader import Partition
from shared.messaging.postgres_schema import GROUPS_CHANNEL

_SURVEY = """
select (classid::bigint << 32) | objid::bigint as key, count(*) as holders
from pg_locks
where locktype = 'advisory' and granted and objsubid = 1
    and database = (select oid from pg_database where datname = current_database())
    and (classid::bigint << 32) | objid::bigint = any($1::bigint[])
group by 1
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a member should give back and what it may try to take."""

    surplus: list[Partition]
    wanted: list[Partition]


def lock_key(*parts: str) -> int:
    """A key in the space of advisory locks, which all of a database share: 64 bits of a digest."""
    digest = blake2b("\0".join(("parley.bus", *parts)).encode(), digest_size=8)
    return int.from_bytes(digest.digest(), signed=True)


def member_key(group: str, topic: str) -> int:
    return lock_key("member", group, topic)


def share_out(
    partitions: Collection[Partition],
    members: Mapping[str, int],
    owned: Collection[TopicPartition],
    free: Collection[TopicPartition],
) -> Plan:
    """At most ceil(partitions / members) of each topic to one member.

    By topic, since the members of a group need not all read the same topics.
    """
    plan = Plan([], [])
    for topic, size in Counter(partition.place.topic for partition in partitions).items():
        quota = ceil(size / max(1, members.get(topic, 1)))
        here = [partition for partition in partitions if partition.place.topic == topic]
        mine = [partition for partition in here if partition.place in owned]
        plan.surplus.extend(mine[quota:])
        plan.wanted.extend(
            [partition for partition in here if partition.place in free][
                : max(0, quota - len(mine))
            ]
        )
    return plan


class Seats:
    """The locks of one member; every call uses the connection that holds them."""

    def __init__(self, group: str, partitions: Collection[Partition], lease: timedelta) -> None:
        self._group = group
        self._lease = lease
        self._partitions = partitions
        self._topics = {
            member_key(group, topic): topic
            for topic in {partition.place.topic for partition in partitions}
        }
        self._keys = {
            partition.place: lock_key("owner", group, str(partition.id)) for partition in partitions
        }

    async def join(self, connection: Any) -> None:
        await connection.execute(
            "select pg_advisory_lock_shared(key) from unnest($1::bigint[]) as key",
            list(self._topics),
        )
        await self.tell(connection)

    async def tell(self, connection: Any) -> None:
        """Make the other members look again."""
        await connection.execute("select pg_notify($1, $2)", GROUPS_CHANNEL, self._group)

    async def plan(self, connection: Any, owned: Collection[TopicPartition]) -> Plan:
        await end_silent(connection, self._topics, self._lease)
        rows = await connection.fetch(_SURVEY, [*self._topics, *self._keys.values()])
        holders = {row["key"]: row["holders"] for row in rows}
        members = {topic: holders.get(key, 1) for key, topic in self._topics.items()}
        free = [place for place, key in self._keys.items() if key not in holders]
        return share_out(self._partitions, members, owned, free)

    async def take(self, connection: Any, wanted: Collection[Partition]) -> list[Partition]:
        """Those of `wanted` that nobody else was quicker to get."""
        keys = [self._keys[partition.place] for partition in wanted]
        rows = await connection.fetch(
            "select key, pg_try_advisory_lock(key) as got from unnest($1::bigint[]) as key", keys
        )
        got = {row["key"] for row in rows if row["got"]}
        return [partition for partition in wanted if self._keys[partition.place] in got]

    async def release(self, connection: Any, places: Collection[TopicPartition]) -> None:
        await connection.execute(
            "select pg_advisory_unlock(key) from unnest($1::bigint[]) as key",
            [self._keys[place] for place in places],
        )
        await self.tell(connection)
