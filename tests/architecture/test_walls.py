"""The walls between packages, and that each service stands alone."""

import subprocess
import sys
from pathlib import Path

import pytest

from deploy.postgres.cluster import SERVICES

ROOT = Path(__file__).parents[2]

# Refuses the other services, the gateway and everything that only starts the platform.
ALONE = """
import importlib.abc, sys
class Wall(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        for other in {others!r}:
            if name == other or name.startswith(other + "."):
                raise ImportError(name + " is behind the wall")
sys.meta_path.insert(0, Wall())
sys.argv = ["{service}", "openapi"]
import runpy
runpy.run_module("services.{service}", run_name="__main__")
"""


def test_import_contracts_are_kept() -> None:
    linted = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert linted.returncode == 0, linted.stdout


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_built_with_the_others_out_of_reach(service: str) -> None:
    others = [f"services.{name}" for name in SERVICES if name != service]
    code = ALONE.format(others=[*others, "gateway", "deploy"], service=service)
    built = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={
            f"{service.upper()}_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
            f"{service.upper()}_PORT": "0",
            "PARLEY_INTERNAL_SECRETS": "x" * 32,
            "TEAM_DIRECTORY_CREDENTIAL_KEYS": "00" * 32,
        },
        check=False,
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stderr
    assert '"openapi"' in built.stdout


@pytest.mark.parametrize("service", SERVICES)
def test_a_missing_setting_is_named(service: str) -> None:
    started = subprocess.run(
        [sys.executable, "-m", f"services.{service}"],
        cwd=ROOT,
        env={},
        check=False,
        capture_output=True,
        text=True,
    )
    assert started.returncode == 2
    assert "PARLEY_INTERNAL_SECRETS" in started.stderr.upper()
