"""What partners are promised is kept: a public type gains fields, and loses none."""

from copy import deepcopy

import pytest

from deploy.catalogue.events import BreakingChangeError
from deploy.catalogue.webhooks import LostTypeError, compare, document

NAME = "ticket.opened"


def test_a_new_field_and_a_new_type_are_welcome() -> None:
    old = document()
    new = deepcopy(old)
    new[NAME]["properties"]["language"] = {"type": "string"}
    new[NAME]["required"].append("language")
    new["ticket.merged"] = old[NAME]
    compare(old, new)


def test_a_lost_type_is_noticed() -> None:
    new = document()
    with pytest.raises(LostTypeError):
        compare({**new, "ticket.dreamt": new[NAME]}, new)


def test_a_lost_or_changed_field_is_noticed() -> None:
    old = document()
    lost = deepcopy(old)
    del lost[NAME]["properties"]["subject"]
    changed = deepcopy(old)
    changed[NAME]["properties"]["subject"] = {"type": "integer"}
    for new in (lost, changed):
        with pytest.raises(BreakingChangeError):
            compare(old, new)
