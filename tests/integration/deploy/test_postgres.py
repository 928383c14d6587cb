"""The Postgres launcher after every kind of bad ending, and its sentences when it cannot start."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import psutil
import pytest

from deploy.local.errors import StartError
from deploy.local.ports import HOST
from deploy.local.postgres import PostgresServer
from deploy.postgres.bootstrap import bootstrap, psql
from tests.support.postgres import PASSWORDS, ROOT
from tests.support.small_disk import require_small_disk, small_disk


@pytest.fixture
def home() -> Iterator[Path]:
    # Not tmp_path: its parents are closed to the account that Postgres gets under root.
    folder = Path(tempfile.mkdtemp(prefix="parley-postgres-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def server(home: Path) -> Iterator[PostgresServer]:
    server = PostgresServer(home / "pg", password="secret", durable=False)
    server.start()
    yield server
    server.stop()


def ask(server: PostgresServer, *statements: str) -> list[str]:
    commands = [f"--command={statement}" for statement in statements]
    return psql(server.cluster, "--tuples-only", "--no-align", *commands).split()


def again(server: PostgresServer, port: int = 0) -> PostgresServer:
    return PostgresServer(server.home, password="secret", port=port, durable=False)


def test_a_second_start_finds_the_rows_of_the_first(server: PostgresServer) -> None:
    ask(server, "CREATE TABLE kept AS SELECT 7 AS number")
    server.stop()
    server.start()
    assert ask(server, "SELECT number FROM kept") == ["7"]


def test_what_was_committed_survives_a_kill(home: Path) -> None:
    server = PostgresServer(home / "pg", password="secret")
    server.start()
    try:
        ask(server, "CREATE TABLE kept AS SELECT 7 AS number")
        assert server.pid
        os.kill(server.pid, signal.SIGKILL)
        server.start()
        assert ask(server, "SELECT number FROM kept") == ["7"]
    finally:
        server.stop()


def test_it_takes_over_from_a_server_that_nobody_owns(server: PostgresServer) -> None:
    ask(server, "CREATE TABLE kept AS SELECT 7 AS number")
    second = again(server)
    second.start()
    try:
        assert ask(second, "SELECT number FROM kept") == ["7"]
        assert server.pid is None
    finally:
        second.stop()


def test_a_lock_file_with_the_number_of_a_stranger_is_dropped(server: PostgresServer) -> None:
    lock = server.data / "postmaster.pid"
    lines = lock.read_text().splitlines()
    server.stop()
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        lock.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
        server.start()
        assert ask(server, "SELECT 1") == ["1"]
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_half_an_initdb_is_made_anew(home: Path) -> None:
    (home / "pg" / "data.new.1" / "base").mkdir(parents=True)
    (home / "pg" / "data.new.1" / "PG_VERSION").write_text("18\n")
    server = PostgresServer(home / "pg", password="secret", durable=False)
    server.start()
    try:
        assert ask(server, "SELECT 1") == ["1"]
        assert not (home / "pg" / "data.new.1").exists()
    finally:
        server.stop()


def test_a_taken_port_is_named(server: PostgresServer) -> None:
    server.stop()
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(StartError, match=f"^Port {port} on 127.0.0.1 is taken"):
            again(server, port).start()


def test_data_of_another_version_is_left_alone(server: PostgresServer) -> None:
    server.stop()
    (server.data / "PG_VERSION").write_text("17\n")
    with pytest.raises(StartError, match=r"written by PostgreSQL 17 and this Parley brings 18"):
        server.start()


@pytest.mark.parametrize(
    "said",
    [
        'could not write to file "pg_wal/xlogtemp.29": No space left on device\n',
        (
            'could not extend file "base/1/2691": wrote only 4096 of 8192 bytes\n'
            "HINT:  Check free disk space.\ninitdb: removing data directory\n"
        ),
    ],
)
def test_a_full_disk_is_named(home: Path, said: str) -> None:
    server = PostgresServer(home / "pg", password="secret")
    assert server.explain(said).startswith(f"The disk that holds {home / 'pg'} is full")


@pytest.mark.parametrize("filled", [25, 40])
def test_a_disk_that_fills_up_is_named_and_can_be_freed(filled: int) -> None:
    require_small_disk()
    with small_disk(60) as home:
        filler = home / "filler"
        filler.write_bytes(bytes(filled * 1024 * 1024))
        server = PostgresServer(home / "pg", password="secret")
        with pytest.raises(StartError, match=r"^The disk that holds .*/pg is full: free some"):
            server.start()
        filler.unlink()
        server.start()
        try:
            assert ask(server, "SELECT 1") == ["1"]
        finally:
            server.stop()


def test_it_ends_with_the_process_that_started_it(home: Path) -> None:
    owner = start_elsewhere(home / "pg")
    pid = int((home / "pg" / "data" / "postmaster.pid").read_text().splitlines()[0])
    orphan = psutil.Process(pid)
    owner.kill()
    owner.communicate()
    orphan.wait(timeout=20)
    assert not (home / "pg" / "data" / "postmaster.pid").exists()


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("account", ["own", "nobody"] if os.geteuid() == 0 else ["own"])
def test_it_starts_for_root_and_for_others(home: Path, account: str, *, closed: bool) -> None:
    parent = home / "parent"
    parent.mkdir(mode=0o700 if closed else 0o755)
    prefix: tuple[str, ...] = ()
    if account != "own":
        person = pwd.getpwnam(account)
        os.chown(parent, person.pw_uid, person.pw_gid)
        # The Python that runs the tests may lie in a folder that only root can enter.
        prefix = ("setpriv", f"--reuid={person.pw_uid}", "--clear-groups")
        prefix += ("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search")
    start_elsewhere(parent / "pg", prefix).communicate()
    owner = (parent / "pg" / "data").stat().st_uid
    assert owner != 0
    assert account == "own" or owner == person.pw_uid


def start_elsewhere(home: Path, prefix: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    """Another Python that starts a server, says so, and stops it when its input closes."""
    program = (
        "import sys; from pathlib import Path; from deploy.local.postgres import PostgresServer\n"
        "server = PostgresServer(Path(sys.argv[1]), password='secret'); server.start()\n"
        "print('started', flush=True); sys.stdin.read(); server.stop()"
    )
    child = subprocess.Popen(
        [*prefix, sys.executable, "-c", program, str(home)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout
    assert child.stdout.readline() == "started\n"
    return child


async def test_a_new_password_replaces_the_old_one(server: PostgresServer) -> None:
    bootstrap(server.cluster, PASSWORDS)
    bootstrap(server.cluster, PASSWORDS | {"bus": "rotated"})
    connection = await asyncpg.connect(server.cluster.url("bus", "rotated"))
    await connection.close()
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(server.cluster.url("bus", PASSWORDS["bus"]))
