"""What an origin tells of its own changes, told to our readers once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from groundwave.syndication.carrying.remarks import remarks_of
from groundwave.syndication.incoming import Remark
from syndication.stories import story


NOW = datetime(2026, 2, 2, 12, tzinfo=UTC)
EARLIER = NOW - timedelta(hours=3)


def told(now=NOW, **facts):
    return remarks_of(story(**facts), "1/far-1", now=now)


def test_a_correction_matters_and_a_note_is_a_note():
    correction = Remark(id="c", html="<p>It is <b>Tuesday</b>.</p>", at=EARLIER)
    note = Remark(id="n", html="<p>We own the ferry.</p>", at=EARLIER)
    assert [
        (each["kind"], each["text"], each["is_significant"])
        for each in told(corrections=(correction,), notes=(note,))
    ] == [
        ("correction", "It is Tuesday.", True),
        ("editors_note", "We own the ferry.", False),
    ]


def test_the_same_correction_is_the_same_whenever_it_comes():
    correction = Remark(id="c", html="<p>Tuesday.</p>", at=EARLIER)
    first = told(corrections=(correction,))
    assert first == told(corrections=(correction,), now=NOW + timedelta(days=1))


def test_a_significant_update_is_told_by_its_time():
    (update,) = told(updated_at=EARLIER)
    assert (update["kind"], update["at"]) == ("update", EARLIER.isoformat())


def test_a_story_that_was_never_updated_tells_of_no_update():
    assert told(updated_at=EARLIER, published_at=EARLIER) == []
    assert told() == []


def test_nothing_is_told_of_the_future():
    later = NOW + timedelta(days=1)
    remarks = told(updated_at=later, corrections=(Remark(id="c", html="So", at=later),))
    assert {each["at"] for each in remarks} == {NOW.isoformat()}


def test_a_correction_without_words_is_none():
    assert told(corrections=(Remark(id="c", html="<p> </p>"),)) == []
