"""What is generated from code is committed, and is what the code would generate now."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deploy.catalogue import api, events, webhooks
from deploy.local.home import ROOT

GENERATED = dict([*events.files(), *api.files(), *webhooks.files()])


@pytest.mark.parametrize("path", GENERATED, ids=lambda path: path.name)
def test_it_is_fresh(path: Path) -> None:
    assert path.exists(), "Run `make generate`."
    assert path.read_bytes() == GENERATED[path], "Run `make generate`."


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [
        operation["operationId"]
        for methods in api.merged()["paths"].values()
        for operation in methods.values()
    ]
    assert len(names) == len(set(names)), sorted(n for n in names if names.count(n) > 1)


@pytest.mark.parametrize("name", ["openapi.json", "asyncapi.json"])
def test_every_reference_leads_somewhere(name: str) -> None:
    file = ROOT / "docs" / name
    document = json.loads(file.read_text())
    found = [*references(document)]
    assert len(found) > 50
    for reference in found:
        other, _, pointer = reference.partition("#")
        node = json.loads((file.parent / other).read_text()) if other else document
        for step in filter(None, pointer.split("/")):
            assert step in node, reference
            node = node[step]


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(reference := node.get("$ref"), str):
            yield reference
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)
