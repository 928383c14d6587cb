"""Reads the golden deliveries: what a network sent, and the changes that it must become."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from shared.networks.types import Change, Upsert

_FOLDER = Path(__file__).parent / "golden"


def cases(network: str) -> list[tuple[str, dict[str, Any]]]:
    found = sorted((_FOLDER / network).glob("*.json"))
    return [(path.stem, json.loads(path.read_text())) for path in found]


def as_json(change: Change) -> dict[str, Any]:
    """A change without the fields that say nothing, as the golden files write it."""
    values = asdict(change.item) if isinstance(change, Upsert) else {"removed": asdict(change)}
    kept = {name: value for name, value in values.items() if value not in (None, (), [], {})}
    plain: dict[str, Any] = json.loads(json.dumps(kept, default=_plain))
    return plain


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else list(value)  # type: ignore[call-overload]  # Anything else that is not JSON is a sequence.
