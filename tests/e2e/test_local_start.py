"""`python -m deploy.local` on a good day, on a bad day, and after every kind of killing."""

import os
import signal
import socket
from collections.abc import Iterator

import psutil
import pytest

from deploy.local.site import port_variable
from deploy.topology import GATEWAY, PROCESSES, SANDBOX, SERVICE_PROCESSES, Process
from tests.support.platform import LocalPlatform, platform_home, wait_for
from tests.support.small_disk import require_small_disk, small_disk

pytestmark = pytest.mark.processes
SERVICE = SERVICE_PROCESSES[-1]


@pytest.fixture(scope="module")
def shared() -> Iterator[LocalPlatform]:
    for home in platform_home():
        platform = LocalPlatform(home)
        yield platform
        platform.stop()


@pytest.fixture
def local(shared: LocalPlatform) -> LocalPlatform:
    """A running platform, which a test may leave in ruins."""
    if not shared.running:
        shared.start()
    return shared


@pytest.fixture
def fresh() -> Iterator[LocalPlatform]:
    for home in platform_home():
        platform = LocalPlatform(home)
        yield platform
        platform.stop()


def kill(pid: int) -> None:
    psutil.Process(pid).kill()


def postgres_pid(platform: LocalPlatform) -> int:
    lock = platform.home / "data/postgres/data/postmaster.pid"
    return int(lock.read_text().split()[0]) if lock.exists() else 0


@pytest.mark.parametrize("process", PROCESSES, ids=lambda process: process.name)
def test_every_process_answers(local: LocalPlatform, process: Process) -> None:
    assert local.ready(process)


def test_secrets_are_for_the_owner_only(local: LocalPlatform) -> None:
    assert (local.home / "secrets.env").stat().st_mode & 0o777 == 0o600


def test_a_ctrl_c_in_the_terminal_reaches_the_supervisor_alone(local: LocalPlatform) -> None:
    """It goes to a whole group; whoever else were in that would end before what depends on it."""
    group = os.getpgid(local.supervisor.pid)
    family = local.supervisor.children(recursive=True)
    assert len(family) > len(PROCESSES)
    assert [child.name() for child in family if os.getpgid(child.pid) == group] == []


def test_a_second_start_over_the_same_folder_is_refused(local: LocalPlatform) -> None:
    second = LocalPlatform(local.home)
    second.output = local.home.with_suffix(".second")
    assert second.launch().wait(30) == 1
    last = second.said().strip().splitlines()[-1]
    assert last.startswith("Parley did not start: Parley is already running over")
    assert str(local.supervisor.pid) in last


def test_a_killed_service_comes_back(local: LocalPlatform) -> None:
    before = local.pid(SERVICE.name)
    kill(before)
    wait_for(lambda: f"{SERVICE.name} was ended by SIGKILL" in local.said(), local.said)
    wait_for(lambda: local.ready(SERVICE), local.said)
    assert local.pid(SERVICE.name) != before


def test_a_killed_postgres_comes_back_under_the_same_services(local: LocalPlatform) -> None:
    services = [local.pid(process.name) for process in PROCESSES]
    before = postgres_pid(local)
    kill(before)
    wait_for(lambda: "PostgreSQL ended" in local.said(), local.said)
    wait_for(lambda: postgres_pid(local) not in (0, before), local.said)
    wait_for(lambda: all(local.ready(process) for process in PROCESSES), local.said, 60)
    assert [local.pid(process.name) for process in PROCESSES] == services


def test_a_killed_supervisor_takes_all_with_it_and_the_next_start_works(
    local: LocalPlatform,
) -> None:
    family = local.supervisor.children(recursive=True)
    assert len(family) > len(PROCESSES)
    secrets = (local.home / "secrets.env").read_text()
    local.supervisor.kill()
    _, alive = psutil.wait_procs(family, timeout=30)
    assert alive == []
    local.stop()
    local.start()
    assert all(local.ready(process) for process in PROCESSES)
    assert (local.home / "secrets.env").read_text() == secrets


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGHUP])
def test_a_stop_leaves_nothing_behind(local: LocalPlatform, sign: signal.Signals) -> None:
    family = local.supervisor.children(recursive=True)
    local.supervisor.send_signal(sign)
    assert local.stop() == 0
    assert [process for process in family if process.is_running()] == []
    assert list((local.home / "run").glob("*.pid")) == []
    assert local.said().endswith("Stopped.\n")


def test_a_stop_during_the_start_leaves_nothing_behind(fresh: LocalPlatform) -> None:
    fresh.launch()
    wait_for(lambda: "PostgreSQL" in fresh.said(), fresh.said)
    family = fresh.supervisor.children(recursive=True)
    assert fresh.stop() == 0
    assert [process for process in family if process.is_running()] == []


def test_a_kill_during_the_start_is_taken_over(fresh: LocalPlatform) -> None:
    fresh.launch()
    wait_for((fresh.home / "data" / "postgres").exists, fresh.said)
    fresh.supervisor.kill()
    fresh.stop()
    fresh.start()
    assert fresh.ready(SERVICE)


@pytest.mark.parametrize("process", [SERVICE, SANDBOX, GATEWAY], ids=lambda process: process.name)
def test_a_taken_port_is_one_sentence(fresh: LocalPlatform, process: Process) -> None:
    with socket.create_server(("127.0.0.1", fresh.ports[process])):
        assert fresh.launch().wait(30) == 1
    last = fresh.said().strip().splitlines()[-1]
    assert f"Port {fresh.ports[process]} on 127.0.0.1, which {process.name} needs" in last
    assert last.endswith(f"set {port_variable(process)} to a free one.")
    assert "Traceback" not in fresh.said()


def test_a_folder_that_cannot_be_made_is_one_sentence(fresh: LocalPlatform) -> None:
    fresh.environ["PARLEY_HOME"] = "/proc/parley"  # Not even root may write there.
    assert fresh.launch().wait(30) == 1
    assert "Parley did not start: /proc/parley cannot be written" in fresh.said()
    assert "Traceback" not in fresh.said()


def test_a_disk_that_is_nearly_full_is_one_sentence() -> None:
    require_small_disk()
    with small_disk(150) as home:
        platform = LocalPlatform(home)
        platform.output = home.parent / "said"
        assert platform.launch().wait(30) == 1
        last = platform.said().strip().splitlines()[-1]
        assert last.startswith(f"Parley did not start: The disk that holds {home} has 1")
        assert last.endswith(" MB left and Parley needs 200 MB: free some space and start again.")
        assert "Traceback" not in platform.said()
        assert not (home / "secrets.env").exists()
