from datetime import timedelta

import pytest

from shared.db.work import back_off


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(0, 1), (1, 2), (5, 32), (9, 512), (10, 600), (1000, 600)]
)
def test_the_wait_doubles_up_to_ten_minutes(attempts: int, seconds: int) -> None:
    assert back_off(attempts) == timedelta(seconds=seconds)
