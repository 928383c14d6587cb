"""What is installed is used, recorded and licensed for us."""

import re
import tomllib
from importlib.metadata import metadata
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=~!; ]", requirement)[0].lower() for requirement in requirements}


RUN_TIME = names(PROJECT["dependencies"])
DEVELOPMENT = names(PROJECT["optional-dependencies"]["dev"])


def test_every_direct_dependency_is_recorded_with_reason_and_licence() -> None:
    rows = re.findall(
        r"^\| ([a-z0-9-]+) \| (.+) \| (.+) \|$",
        (ROOT / "docs/dependencies.md").read_text(),
        re.MULTILINE,
    )
    assert {name for name, _reason, _licence in rows} == RUN_TIME | DEVELOPMENT


def test_nothing_at_run_time_is_under_the_gpl() -> None:
    locked = (ROOT / "requirements.lock").read_text()
    packages = re.findall(r"^([a-z0-9._-]+)==", locked, re.MULTILINE)
    assert len(packages) > len(RUN_TIME)
    guilty = []
    for package in packages:
        try:
            about = metadata(package)
        except ModuleNotFoundError:  # Not for this platform.
            continue
        fields = about.json
        licence = str(fields.get("license_expression") or fields.get("license") or "")
        first_line = licence.strip().split("\n")[0]
        if re.search(r"\bA?GPL", first_line) and "LGPL" not in first_line:
            guilty.append(f"{package}: {first_line}")
    assert guilty == []


def test_locks_carry_hashes_and_no_addresses() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        content = (ROOT / name).read_text()
        assert "://" not in content
        assert content.count("==") <= content.count("--hash=sha256:")
