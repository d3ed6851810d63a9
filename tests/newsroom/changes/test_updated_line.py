from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from groundwave.newsroom.changes.updated_line import updated_words


EASTERN = ZoneInfo("America/New_York")
AT = datetime(2020, 2, 28, 21, 0, tzinfo=UTC)  # 4 p.m. in New York


def test_on_the_same_day_the_time_is_enough():
    now = datetime(2020, 2, 28, 23, 30, tzinfo=UTC)

    assert updated_words(AT, zone=EASTERN, now=now) == "Updated at 4 p.m. ET"


def test_on_another_day_the_date_is_named():
    now = datetime(2020, 2, 29, 5, 30, tzinfo=UTC)  # half past midnight

    words = updated_words(AT, zone=EASTERN, now=now)

    assert words == "Updated Feb. 28, 2020 at 4 p.m. ET"


def test_the_day_is_the_newsrooms_and_not_the_servers():
    now = datetime(2020, 2, 29, 4, 30, tzinfo=UTC)  # half past eleven in the evening

    assert updated_words(AT, zone=EASTERN, now=now) == "Updated at 4 p.m. ET"


@pytest.mark.parametrize(
    ("zone", "at", "words"),
    [
        ("America/New_York", (7, 1, 16, 0), "Updated at noon ET"),
        ("America/New_York", (7, 1, 4, 0), "Updated at midnight ET"),
        ("America/Denver", (7, 1, 22, 30), "Updated at 4:30 p.m. MT"),
        ("America/Anchorage", (7, 1, 22, 30), "Updated at 2:30 p.m. AKT"),
        ("America/Phoenix", (7, 1, 22, 30), "Updated at 3:30 p.m. MT"),
        ("Europe/London", (7, 1, 15, 0), "Updated at 4 p.m. BST"),
        ("Asia/Kathmandu", (7, 1, 10, 15), "Updated at 4 p.m. Kathmandu time"),
        ("Asia/Shanghai", (7, 1, 8, 0), "Updated at 4 p.m. CST"),
        ("UTC", (7, 1, 16, 0), "Updated at 4 p.m. UTC"),
    ],
)
def test_a_zone_is_called_what_people_there_call_it(zone, at, words):
    at = datetime(2026, *at, tzinfo=UTC)

    assert updated_words(at, zone=ZoneInfo(zone), now=at) == words
