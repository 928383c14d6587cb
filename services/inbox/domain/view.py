"""What a saved view is, as it is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MOST_VIEWS = 30  # One person's own, and as many shared ones: all are counted while they look.


@dataclass(frozen=True, slots=True)
class ViewContent:
    """A name, for whom it is, and the filters as the list of conversations takes them."""

    name: str
    shared: bool
    filters: Mapping[str, Any]
