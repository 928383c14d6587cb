from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.http.pages import CursorError, decode_cursor, encode_cursor


@given(st.lists(st.one_of(st.text(), st.integers(-(2**53), 2**53), st.none()), min_size=1))
def test_a_cursor_carries_any_key(key: list[object]) -> None:
    assert decode_cursor(encode_cursor(*key), len(key)) == key


def test_a_cursor_carries_times_and_ids() -> None:
    moment = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    at, id_ = decode_cursor(encode_cursor(moment, UUID(int=1)), 2)
    assert (datetime.fromisoformat(at), UUID(id_)) == (moment, UUID(int=1))


@pytest.mark.parametrize("cursor", ["", "!!!", "e30", encode_cursor(1), "W10", "\u732b"])
def test_a_cursor_of_another_list_is_refused(cursor: str) -> None:
    with pytest.raises(CursorError):
        decode_cursor(cursor, 2)
