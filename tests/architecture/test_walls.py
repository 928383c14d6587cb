"""The walls between packages, and that each service stands alone."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from deploy.healthcheck import is_ready
from deploy.local.ports import free_port
from deploy.postgres.cluster import SERVICES
from tests.support.platform import wait_for
from tests.support.postgres import TestPostgres

Urls = Mapping[str, str]

ROOT = Path(__file__).parents[2]

# Refuses the other services, the gateway and everything that only starts the platform.
ALONE = """
import importlib.abc, runpy, sys
class Wall(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        for other in {others!r}:
            if name == other or name.startswith(other + "."):
                raise ImportError(name + " is behind the wall")
sys.meta_path.insert(0, Wall())
sys.argv[0] = "{service}"
runpy.run_module("services.{service}", run_name="__main__")
"""


class Alone:
    """A service in a process that can import no other, on a database that nobody else uses."""

    def __init__(self, service: str, urls: Urls) -> None:
        others = [f"services.{name}" for name in SERVICES if name != service]
        self._code = ALONE.format(others=[*others, "gateway", "deploy"], service=service)
        self.port = free_port()
        prefix = service.upper()
        self._environ = {
            f"{prefix}_DATABASE_URL": urls[service],
            f"{prefix}_MIGRATION_URL": urls[f"{service}_owner"],
            f"{prefix}_PORT": str(self.port),
            "PARLEY_BUS_DATABASE_URL": urls["bus"],
            "PARLEY_INTERNAL_SECRETS": "x" * 32,
            "TEAM_DIRECTORY_CREDENTIAL_KEYS": "00" * 32,
        }

    def start(self, action: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", self._code, action],
            cwd=ROOT,
            env=self._environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )


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
def test_a_service_migrates_and_starts_with_the_others_out_of_reach(
    service: str, postgres: TestPostgres, worker_id: str
) -> None:
    alone = Alone(service, postgres.create_empty_database(f"parley_{worker_id}_{service}"))
    migrating = alone.start("migrate")
    said, _ = migrating.communicate(timeout=60)
    assert migrating.returncode == 0, said

    serving = alone.start("serve")
    try:
        url = f"http://127.0.0.1:{alone.port}/internal/ready"
        wait_for(lambda: serving.poll() is not None or is_ready(url))
        assert serving.poll() is None, serving.communicate()[0]
    finally:
        serving.terminate()
        serving.communicate(timeout=30)


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
