"""The merged OpenAPI document, made without a running process: no database, no network."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import orjson

from deploy.catalogue.files import ROOT, Generated
from deploy.postgres.cluster import SERVICES
from gateway.app import build as build_gateway
from gateway.openapi import Document, merge
from gateway.settings import GatewaySettings
from shared.clock import SystemClock
from shared.service import Service
from shared.settings import PlatformSettings, ServiceSettings

_NOBODY = "postgresql://nobody@127.0.0.1:1/none"
_PLACEHOLDER = "0" * 64


def files() -> Iterator[Generated]:
    options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS
    yield ROOT / "docs/openapi.json", orjson.dumps(merged(), option=options) + b"\n"


def merged() -> Document:
    """What the gateway serves as `/api/openapi.json`, from the code alone."""
    gateway = build_gateway(GatewaySettings(platform=_platform()), SystemClock())
    documents = {"gateway": gateway.own.openapi()}
    for service in SERVICES:
        documents[service] = service_of(service).app.openapi()
    return merge(documents)


def service_of(service: str) -> Service:
    """A service as it would be run, which reaches nobody."""
    settings_class = _settings_class(service)
    needed: dict[str, Any] = {"database_url": _NOBODY, "port": 0, "platform": _platform()}
    if "credential_keys" in settings_class.model_fields:
        needed["credential_keys"] = _PLACEHOLDER
    build = import_module(f"services.{service}.app").build
    found: Service = build(settings_class(**needed), SystemClock())
    return found


def _platform() -> PlatformSettings:
    return PlatformSettings.model_validate(
        {"internal_secrets": _PLACEHOLDER, "bus_database_url": _NOBODY}
    )


def _settings_class(service: str) -> type[ServiceSettings]:
    module = import_module(f"services.{service}.settings")
    (found,) = [
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, ServiceSettings)
        and value.__module__ == module.__name__
    ]
    return found
