"""Starts the third-party servers on ports of the OS's choice, and ends them with the tests."""

import json
import os
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from deploy.local.ports import free_port
from deploy.local.postgres import PostgresServer
from deploy.local.processes import die_with_parent
from tests.networks.servers.install import HERE, node, node_home, python_bin

_START_SECONDS = 90.0
_PASSWORD = "test-servers"
_JWT_SECRET = "signs the sessions of the test network"


@dataclass(frozen=True, slots=True)
class Atproto:
    """Where the network's parts are, and the service that stands in for its chat."""

    pds: str
    chat: str
    jwt_secret: str = _JWT_SECRET


@contextmanager
def atproto() -> Iterator[Atproto]:
    """A whole AT Protocol network with the Postgres and the Redis that it needs."""
    with tempfile.TemporaryDirectory(prefix="parley-atproto-") as folder:
        home = Path(folder)
        postgres = PostgresServer(home / "postgres", password=_PASSWORD, durable=False)
        postgres.start()
        try:
            with _redis(home) as redis_port:
                yield from _network(home, postgres, redis_port)
        finally:
            postgres.stop()


def _network(home: Path, postgres: PostgresServer, redis_port: int) -> Iterator[Atproto]:
    for name in ("network.mjs", "chat.mjs", "loopback.cjs"):
        # Node finds packages above the file that imports them.
        shutil.copy(HERE / name, node_home() / name)
    environment = {
        "PATH": os.environ["PATH"],
        "TMPDIR": str(home),
        "DB_POSTGRES_URL": f"postgresql://postgres:{_PASSWORD}@127.0.0.1:{postgres.port}/postgres",
        "REDIS_HOST": f"127.0.0.1:{redis_port}",
        "JWT_SECRET": _JWT_SECRET,
        "LOG_ENABLED": "false",
    }
    command = [str(node()), "--require", "./loopback.cjs", "network.mjs"]
    with _child(command, home / "network.log", node_home(), environment) as child:
        line = _first_line(child, home / "network.log")
        facts = json.loads(line)
        yield Atproto(pds=facts["pds"], chat=facts["chat"])


@contextmanager
def mastodon() -> Iterator[str]:
    """The address of a server that speaks Mastodon's API."""
    with tempfile.TemporaryDirectory(prefix="parley-mastodon-") as folder:
        home, port = Path(folder), free_port()
        command = [str(python_bin() / "mastodon_mock"), "serve", "--in-memory"]
        command += ["--host", "127.0.0.1", "--port", str(port)]
        environment = {"PATH": os.environ["PATH"], "TMPDIR": folder}
        url = f"http://127.0.0.1:{port}"
        with _child(command, home / "mastodon.log", home, environment) as child:
            _wait_for(f"{url}/api/v2/instance", child, home / "mastodon.log")
            yield url


@contextmanager
def _redis(home: Path) -> Iterator[int]:
    port = free_port()
    command = [str(python_bin() / "redis-server"), "--port", str(port), "--bind", "127.0.0.1"]
    command += ["--save", "", "--appendonly", "no"]
    with _child(command, home / "redis.log", home, {"PATH": os.environ["PATH"]}) as child:
        _wait_for_port(port, child, home / "redis.log")
        yield port


@contextmanager
def _child(
    command: Sequence[str], log: Path, folder: Path, environment: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as output:
        child = subprocess.Popen(
            command,
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if log.name == "network.log" else output,
            stderr=output,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509 -- only one system call.
        )
    try:
        yield child
    finally:
        child.terminate()
        try:
            child.wait(15)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        if child.stdout:
            child.stdout.close()


def _first_line(child: subprocess.Popen[bytes], log: Path) -> bytes:
    assert child.stdout is not None
    ready, _, _ = select.select([child.stdout], [], [], _START_SECONDS)
    line = child.stdout.readline() if ready else b""
    if not line:
        raise _failed(log)
    return line


def _wait_for(url: str, child: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and child.poll() is None:
        try:
            if httpx.get(url, timeout=5).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise _failed(log)


def _wait_for_port(port: int, child: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and child.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise _failed(log)


def _failed(log: Path) -> RuntimeError:
    last = log.read_text(errors="replace").strip().splitlines()[-8:]
    return RuntimeError(f"{log.stem} did not start: " + " | ".join(last))
