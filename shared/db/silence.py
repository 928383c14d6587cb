"""Takes locks from a process that is halted but not dead: it keeps its connection and says nothing.

Whoever holds a lock for long speaks on its connection at least every third of a lease; who was
silent for a whole one is cut off. The connection is the fence: without it the process can neither
stamp nor commit what the lock was for, whenever it goes on.
"""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

# A server at work for the holder is no silence, unless it waits for the holder to listen.
_END = """
with silent as materialized (
    select distinct pid
    from pg_locks join pg_stat_activity using (pid)
    where locktype = 'advisory' and granted and objsubid = 1
        and database = (select oid from pg_database where datname = current_database())
        and (classid::bigint << 32) | objid::bigint = any($1::bigint[])
        and state_change < clock_timestamp() - $2::interval
        and (state <> 'active' or wait_event_type = 'Client')
)
select pid from silent where pg_terminate_backend(pid)
"""


async def end_silent(connection: Any, keys: Collection[int], lease: timedelta) -> int:
    """End the connections that hold these advisory locks in silence; how many there were."""
    return len(await connection.fetch(_END, list(keys), lease))
