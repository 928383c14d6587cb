"""A disk that can be filled without harm to anybody else."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def missing_rights() -> str:
    """Why this cannot be done here; empty where it can."""
    if os.geteuid() != 0:
        return "Only root can mount a disk that is small enough to fill."
    return ""


def require_small_disk() -> None:
    """Skip where there can be none, and say why; in CI there must be one."""
    if problem := missing_rights():
        assert os.environ.get("CI") != "true", problem
        pytest.skip(problem)


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """Its folder, which every account may enter."""
    with tempfile.TemporaryDirectory(prefix="parley-disk-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        home = folder / "home"
        home.mkdir()
        options = f"size={megabytes}m,mode=711"
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "parley", str(home)], check=True)  # noqa: S607
        try:
            yield home
        finally:
            subprocess.run(["umount", "--lazy", str(home)], check=True)  # noqa: S607
