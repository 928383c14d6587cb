"""Programs that are measured from outside: started on loopback, waited for, ended."""

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress

from benchmarks.world import ROOT
from deploy.local.ports import HOST

_START_SECONDS = 90.0


def find(program: str) -> str | None:
    """Where it is installed; what is called a server often is in nobody's path."""
    return shutil.which(program) or shutil.which(program, path="/usr/sbin:/usr/local/sbin")


@asynccontextmanager
async def running(
    command: Sequence[str], port: int, environ: Mapping[str, str] | None = None
) -> AsyncIterator[int]:
    """The id of a process that listens on this port."""
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=ROOT,
        env={**os.environ, **(environ or {})},
        stdout=asyncio.subprocess.DEVNULL,  # Their logs are written, and nobody reads them.
    )
    try:
        async with asyncio.timeout(_START_SECONDS):
            while not await _listens(port):
                if process.returncode is not None:
                    raise RuntimeError(f"{command[0]} ended with {process.returncode}.")
                await asyncio.sleep(0.05)
        yield process.pid
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


def asgi(app: str, port: int) -> Sequence[str]:
    """The command that serves an ASGI app as the services are served."""
    return (sys.executable, "-m", "benchmarks.serve", app, str(port))


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection(HOST, port)
    except OSError:
        return False
    writer.close()
    return True
