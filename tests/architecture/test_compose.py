"""docker-compose.yml says the same as deploy/topology.py, and is closed where it must be."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from compose_spec import PyCompose

from deploy.postgres.cluster import ROLES, password_variable
from deploy.topology import (
    EVERYWHERE,
    GATEWAY,
    SECRETS,
    SERVICE_PROCESSES,
    Process,
    environment,
    migration_environment,
)
from tests.support.compose import ComposeSite, compose_document, compose_services, env_example
from tests.support.postgres import ROOT

VALUES = {name: f"secret-of-{name}".lower() for name in SECRETS}
SITE = ComposeSite(VALUES)
OWNERS = {VALUES[password_variable(role)] for role in ROLES if role.endswith("_owner")}
by_name = pytest.mark.parametrize("process", EVERYWHERE, ids=lambda process: process.name)


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, Any]]:
    return compose_services(VALUES)


def test_it_is_valid_by_the_compose_specification() -> None:
    # Its reader does not know YAML's merge keys, so it gets what they come to.
    assert PyCompose.from_json(json.dumps(compose_document(VALUES))).service_names()


def test_it_runs_every_process_its_migration_and_nothing_else(
    services: dict[str, dict[str, Any]],
) -> None:
    migrations = {f"{process.name}_migrate" for process in SERVICE_PROCESSES}
    assert set(services) == {it.name for it in EVERYWHERE} | migrations | {"postgres", "kafka"}


@by_name
def test_a_process_has_its_command_and_variables(
    services: dict[str, dict[str, Any]], process: Process
) -> None:
    container = services[process.name]
    assert container["command"] == ["python", "-m", process.module, *process.command]
    assert container["environment"] == environment(process, SITE)


@pytest.mark.parametrize("process", SERVICE_PROCESSES, ids=lambda process: process.name)
def test_a_service_waits_for_its_tables_and_the_bus(
    services: dict[str, dict[str, Any]], process: Process
) -> None:
    migration = services[f"{process.name}_migrate"]
    assert migration["command"] == ["python", "-m", process.module, "migrate"]
    assert migration["environment"] == migration_environment(process, SITE)
    assert migration["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    assert services[process.name]["depends_on"] == {
        f"{process.name}_migrate": {"condition": "service_completed_successfully"},
        "kafka": {"condition": "service_healthy"},
    }


@by_name
def test_a_process_is_probed_and_restarted(
    services: dict[str, dict[str, Any]], process: Process
) -> None:
    container = services[process.name]
    url = f"http://127.0.0.1:{process.port}{process.ready}"
    assert container["healthcheck"]["test"] == ["CMD", "python", "-m", "deploy.healthcheck", url]
    assert container["restart"] == "unless-stopped"


def test_only_the_gateway_is_reached_from_outside(services: dict[str, dict[str, Any]]) -> None:
    published = {name: it["ports"] for name, it in services.items() if "ports" in it}
    assert published == {GATEWAY.name: [f"{GATEWAY.port}:{GATEWAY.port}"]}
    assert not any("network_mode" in container for container in services.values())


@by_name
def test_a_running_process_may_not_change_the_layout(
    services: dict[str, dict[str, Any]], process: Process
) -> None:
    container = services[process.name]
    told = " ".join(container["environment"].values())
    assert not [secret for secret in OWNERS | {VALUES["POSTGRES_PASSWORD"]} if secret in told]
    assert container["read_only"] is True
    assert container["cap_drop"] == ["ALL"]


def test_postgres_makes_every_role(services: dict[str, dict[str, Any]]) -> None:
    postgres = services["postgres"]
    passwords = {password_variable(role): VALUES[password_variable(role)] for role in ROLES}
    assert passwords.items() <= postgres["environment"].items()
    mounted = "./deploy/postgres/bootstrap.sql:/docker-entrypoint-initdb.d/10-parley.sql:ro"
    assert mounted in postgres["volumes"]
    text = (ROOT / "deploy/postgres/bootstrap.sql").read_text()
    assert [role for role in ROLES if f" {password_variable(role)}\n" not in text] == []


def test_the_example_names_every_secret() -> None:
    example = env_example()
    assert [name for name, value in example.items() if not value] == list(SECRETS)
    assert compose_services(example | VALUES)


def test_make_env_fills_in_every_secret_once(tmp_path: Path) -> None:
    (tmp_path / "deploy").mkdir()
    shutil.copy(ROOT / "deploy/make-env", tmp_path / "deploy")
    shutil.copy(ROOT / ".env.example", tmp_path)
    script = tmp_path / "deploy" / "make-env"
    subprocess.run([script], check=True, capture_output=True)
    written = tmp_path / ".env"
    lines = [line for line in written.read_text().splitlines() if not line.startswith("#")]
    made = dict(line.split("=", 1) for line in lines if line)
    secrets = [made[name] for name in SECRETS]
    assert min(map(len, secrets)) == 64
    assert len(set(secrets)) == len(SECRETS)
    assert written.stat().st_mode & 0o777 == 0o600
    assert subprocess.run([script], check=False, capture_output=True).returncode == 1
