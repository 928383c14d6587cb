"""What partners may be told, as one document of JSON Schemas that only ever grows."""

from collections.abc import Iterator
from typing import Any

import orjson

from deploy.catalogue.events import check_additive
from deploy.catalogue.files import ROOT, Generated
from services.team_directory.domain.public_events import CATALOGUE

PATH = ROOT / "docs/webhook-events.json"


class LostTypeError(Exception):
    """A public type is gone, which partners were promised."""


def document() -> dict[str, Any]:
    """The schema of `data` for each type."""
    return {name: public.schema() for name, public in CATALOGUE.items()}


def files() -> Iterator[Generated]:
    options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS
    yield PATH, orjson.dumps(document(), option=options) + b"\n"


def check() -> None:
    """Raise if what partners were promised is no longer so."""
    if PATH.exists():
        compare(orjson.loads(PATH.read_bytes()), document())


def compare(old: dict[str, Any], new: dict[str, Any]) -> None:
    """A type may gain fields; it loses none of them, and never its name."""
    for name, schema in old.items():
        if name not in new:
            raise LostTypeError(f"{name} is told no more: partners were promised that it is.")
        added = set(new[name]["required"]) - set(schema["required"])
        # All fields of a message are always there, so a new one is no new demand on anybody.
        known = {**new[name], "required": [it for it in new[name]["required"] if it not in added]}
        check_additive(name, schema, known)
