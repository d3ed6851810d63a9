from __future__ import annotations

from datetime import UTC, datetime, timedelta

from groundwave.syndication.polling.kept import Kept


NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_thing_is_kept_for_a_while_even_if_it_is_none():
    kept = Kept(most=2, time=HOUR)
    kept.put("a", None, NOW)

    assert kept.get("a", NOW) == (None,)
    assert kept.get("a", NOW + HOUR) is None
    assert kept.get("b", NOW) is None


def test_what_was_used_longest_ago_makes_room():
    kept = Kept(most=2, time=HOUR)
    kept.put("a", 1, NOW)
    kept.put("b", 2, NOW)
    kept.get("a", NOW)
    kept.put("c", 3, NOW)

    assert kept.get("a", NOW) == (1,)
    assert kept.get("b", NOW) is None
