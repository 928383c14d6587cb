"""What is installed is used, recorded and licensed for us."""

import json
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


PACKAGE = json.loads((ROOT / "web/package.json").read_text())
OF_THE_WEB_APP = PACKAGE["dependencies"].keys() | PACKAGE["devDependencies"].keys()
NPM_LOCK = json.loads((ROOT / "web/package-lock.json").read_text())["packages"]


def test_every_direct_dependency_is_recorded_with_reason_and_licence() -> None:
    rows = re.findall(
        r"^\| ([a-z0-9@/-]+) \| (.+) \| (.+) \|$",
        (ROOT / "docs/dependencies.md").read_text(),
        re.MULTILINE,
    )
    recorded = {name for name, _reason, _licence in rows}
    assert recorded == RUN_TIME | DEVELOPMENT | OF_THE_WEB_APP


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


def test_nothing_in_the_web_app_is_under_the_gpl() -> None:
    licences = {name: str(about.get("license", "")) for name, about in NPM_LOCK.items()}
    assert len(licences) > len(OF_THE_WEB_APP)
    assert [name for name, licence in licences.items() if re.search(r"\bA?GPL", licence)] == []


def test_the_lock_of_the_web_app_carries_hashes_and_no_addresses() -> None:
    installed = {name: about for name, about in NPM_LOCK.items() if name}
    assert [name for name, about in installed.items() if "resolved" in about] == []
    assert [
        name
        for name, about in installed.items()
        if "integrity" not in about and not about.get("inBundle")
    ] == []
