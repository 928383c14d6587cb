"""What is generated from code is committed, and is what the code would generate now."""

from pathlib import Path

import pytest

from deploy.catalogue import api, events, webhooks

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
