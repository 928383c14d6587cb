"""The whole platform as `make run` starts it, in a folder of its own."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.programs import running
from deploy.healthcheck import is_ready
from deploy.local.ports import HOST, free_ports
from deploy.local.site import port_variable
from deploy.topology import GATEWAY, PROCESSES

_START_SECONDS = 90.0


@dataclass(frozen=True, slots=True)
class Installation:
    """Its process, where its gateway is, and after how long that was ready."""

    pid: int
    url: str
    seconds: float


@asynccontextmanager
async def installed(
    home: Path, environ: Mapping[str, str] | None = None
) -> AsyncIterator[Installation]:
    """Without demo data, unless the environment says otherwise."""
    smtp, *ports = free_ports(1 + len(PROCESSES))
    ports_of = dict(zip(PROCESSES, ports, strict=True))
    told = {port_variable(process): str(port) for process, port in ports_of.items()}
    told |= {"PARLEY_HOME": str(home), "PARLEY_DEMO": "no", "MAILBOX_SMTP_PORT": str(smtp)}
    started = time.perf_counter()
    port = ports_of[GATEWAY]
    url = f"http://{HOST}:{port}"
    command = (sys.executable, "-m", "deploy.local")
    async with running(command, port, {**told, **(environ or {})}) as pid:
        async with asyncio.timeout(_START_SECONDS):
            while not is_ready(url + GATEWAY.ready):  # noqa: ASYNC110 - nobody tells us when
                await asyncio.sleep(0.05)
        yield Installation(pid, url, time.perf_counter() - started)
