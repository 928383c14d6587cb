"""What `make` says on a machine where something is missing: one sentence, and nothing half done."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local.kafka import missing_tools

ROOT = Path(__file__).parents[3]
JAVA = "#!/bin/sh\necho 'openjdk version \"{}.0.2\" 2026-01-20' >&2\n"


def program(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(text)
    file.chmod(0o755)
    return file


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """As much of a fresh clone as a start looks at before anything is installed."""
    folder = tmp_path / "clone"
    (folder / "web").mkdir(parents=True)
    for name in ("Makefile", "requirements-dev.lock", "web/package-lock.json"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def make(folder: Path, *arguments: str, path: Path | None = None) -> tuple[int, list[str]]:
    """The exit code and the lines that a person sees."""
    front = f"{path}:" if path else ""
    done = subprocess.run(
        ["make", "--no-print-directory", *arguments],  # noqa: S607 -- The one of the machine.
        check=False,
        cwd=folder,
        env={"PATH": front + os.environ["PATH"], "LC_ALL": "C"},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return done.returncode, done.stdout.splitlines()


def test_make_alone_lists_the_commands(clone: Path) -> None:
    code, lines = make(clone)
    assert code == 0
    named = {line.split()[1] for line in lines if line.startswith("  make ")}
    assert {"run", "run-kafka", "test", "test-kafka", "test-faults", "lint", "bench"} <= named
    assert all(len(line.split()) > 3 for line in lines), lines


def test_another_python_is_one_sentence(clone: Path, tmp_path: Path) -> None:
    older = "import sys; sys.version_info = (3, 9, 2); sys.argv.pop(1); exec(sys.argv[1])"
    python = program(
        tmp_path / "old", "python", f"#!/bin/sh\nexec {sys.executable} -c '{older}' \"$@\"\n"
    )
    code, lines = make(clone, "install", f"PYTHON={python}")
    assert code != 0
    assert lines[0] == "Parley needs Python 3.11; set PYTHON=/path/to/python3.11"
    assert not (clone / ".venv").exists()


def test_an_installation_that_fails_says_so_and_is_done_again(clone: Path) -> None:
    # A pip that is there and cannot install, as without a network.
    program(
        clone / ".venv/bin", "python", '#!/bin/sh\ncase "$*" in *--version*) ;; *) exit 1 ;; esac\n'
    )
    said = "They could not be installed: see above, check network and disk, and run this again."
    for _ in range(2):
        code, lines = make(clone, "install", f"PYTHON={sys.executable}")
        assert code != 0
        assert said in lines
        assert not (clone / ".venv/.ready").exists()


def test_another_node_is_one_sentence(clone: Path, tmp_path: Path) -> None:
    old = program(tmp_path / "old", "node", "#!/bin/sh\nexit 1\n").parent
    code, lines = make(clone, "web", path=old)
    assert code != 0
    assert lines[0] == (
        "The web app needs Node.js 20.19 or newer with npm: install it, or put it into PATH."
    )


@pytest.mark.parametrize(
    ("java", "maven", "said"),
    [
        (None, True, "Kafka needs Java 17 or newer, and there is no `java` on the PATH."),
        (11, True, "Kafka needs Java 17 or newer, and `java -version` says: openjdk version "),
        (17, False, "Kafka's jars come through Maven, and there is no `mvn` on the PATH."),
        (21, True, None),
    ],
)
def test_what_kafka_lacks_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    java: int | None,
    said: str | None,
    *,
    maven: bool,
) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    if java:
        program(tools, "java", JAVA.format(java))
    if maven:
        program(tools, "mvn", "#!/bin/sh\n")
    monkeypatch.setenv("PATH", str(tools))
    found = missing_tools()
    assert found is None if said is None else (found or "").startswith(said)
