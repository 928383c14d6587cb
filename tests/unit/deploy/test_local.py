import io
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local.__main__ import check_python
from deploy.local.errors import StartError
from deploy.local.home import Home
from deploy.local.ports import free_ports
from deploy.local.progress import Progress
from deploy.local.site import port_of
from deploy.local.supervisor import last_words
from deploy.topology import GATEWAY, PROCESSES, SECRETS, SERVICE_PROCESSES

INBOX = SERVICE_PROCESSES[1]


def test_another_python_is_one_sentence() -> None:
    check_python((3, 11))
    with pytest.raises(StartError, match=r"^Parley needs Python 3\.11 and this is 3\.12\.$"):
        check_python((3, 12))


def test_ports_follow_the_gateway_unless_they_are_set() -> None:
    assert port_of(GATEWAY, {}) == 8700
    assert port_of(INBOX, {}) == 8702
    assert port_of(INBOX, {"PARLEY_PORT": "9700"}) == 9702
    assert port_of(INBOX, {"PARLEY_PORT": "9700", "INBOX_PORT": "1234"}) == 1234
    assert len({port_of(process, {}) for process in PROCESSES}) == len(PROCESSES)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("many", "A port must be a number: "),
        ("0", "PARLEY_PORT is 0, which is not a port"),
        ("65536", "PARLEY_PORT is 65536, which is not a port"),
    ],
)
def test_a_senseless_port_is_one_sentence(value: str, said: str) -> None:
    with pytest.raises(StartError, match=f"^{said}"):
        port_of(GATEWAY, {"PARLEY_PORT": value})


def test_secrets_are_made_once_and_new_names_are_added(tmp_path: Path) -> None:
    home = Home(tmp_path)
    first = home.secrets()
    assert set(first) == set(SECRETS)
    assert len(set(first.values())) == len(SECRETS)
    assert home.secrets() == first
    file = tmp_path / "secrets.env"
    kept = [line for line in file.read_text().splitlines() if not line.startswith(SECRETS[-1])]
    file.write_text("\n".join(kept))
    second = home.secrets()
    assert second.pop(SECRETS[-1]) != first.pop(SECRETS[-1])
    assert second == first


def test_a_note_about_a_stranger_ends_nobody(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.open()
    stranger = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    # A live process that was born at another time: the number belongs to somebody else now.
    (home.run / "inbox.pid").write_text(f"{stranger.pid} 12345.0\n")
    (home.run / "broken.pid").write_text("")
    home.end_leftovers()
    assert stranger.poll() is None
    assert list(home.run.glob("*.pid")) == []
    stranger.communicate(b"\n")
    assert stranger.returncode == 0
    home.close()


def test_a_long_log_is_turned_and_the_last_one_kept(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.open()
    home.log("inbox").write_bytes(b"x" * (20 * 1024 * 1024 + 1))
    home.log("sandbox").write_bytes(b"x")
    home.turn_log("inbox")
    home.turn_log("sandbox")
    names = sorted(path.name for path in home.logs.iterdir())
    assert names == ["inbox.log.1", "sandbox.log"]
    home.close()


def test_a_failed_step_is_shown_as_such() -> None:
    out = io.StringIO()
    progress = Progress(out)
    with pytest.raises(StartError), progress.step("PostgreSQL"):
        raise StartError("no")
    assert out.getvalue() == "  ✗ PostgreSQL\n"


def test_the_last_error_is_told_and_not_what_follows_it() -> None:
    log = '{"event":"Port taken","level":"error"}\n{"event":"Shutdown","level":"info"}\n'
    assert last_words(log) == '{"event":"Port taken","level":"error"}'
    assert last_words("Traceback\nValueError: no\n") == "ValueError: no"
    assert last_words("") == "it said nothing."


def test_free_ports_lie_below_those_of_outgoing_connections() -> None:
    found = free_ports(20)
    assert len(set(found)) == 20
    assert max(found) < 32_000
