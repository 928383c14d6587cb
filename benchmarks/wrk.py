"""Load by wrk: a process of its own that costs little and keeps its connections busy."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.contest import Turned

_UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0}
_PERCENTILE = re.compile(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s)$", re.MULTILINE)
_REQUESTS = re.compile(r"(\d+) requests in ([\d.]+)s")
_FAILED = re.compile(r"Non-2xx.*|Socket errors.*")


@dataclass(frozen=True, slots=True)
class Wrk:
    """Asks for one address again and again."""

    url: str
    connections: int
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: int = 1
    script: Sequence[str] = ()
    """A Lua script that makes the requests, and what it is told."""

    async def turn(self) -> Turned:
        headers = [
            part for name, value in self.headers.items() for part in ("-H", f"{name}: {value}")
        ]
        options = ("-t1", f"-c{self.connections}", f"-d{self.seconds}s", "--latency")
        script = ("-s", self.script[0]) if self.script else ()
        told = ("--", *self.script[1:]) if self.script else ()
        process = await asyncio.create_subprocess_exec(
            "wrk", *options, *script, *headers, self.url, *told, stdout=asyncio.subprocess.PIPE
        )
        printed = (await process.communicate())[0].decode()
        requests = _REQUESTS.search(printed)
        failed = _FAILED.search(printed)
        if requests is None or failed is not None:
            raise RuntimeError(f"{self.url}: {failed.group() if failed else printed}")
        found = _PERCENTILE.findall(printed)
        percentiles = {int(percent): float(time) * _UNITS[unit] for percent, time, unit in found}
        operations, seconds = int(requests.group(1)), float(requests.group(2))
        return Turned(operations, percentiles=percentiles, seconds=seconds)
