from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from groundwave.wire.hls.playlist import DateRange, MediaPlaylist, MediaSegment
from groundwave.wire.hls.reading import parse_media_playlist
from groundwave.wire.hls.titles import Cue, cues, said


NOON = datetime(2026, 10, 11, 12, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def title(at: float, text: str) -> DateRange:
    return said(f"title-{at}", text, at=after(at))


def playlist(*ranges: DateRange, dated: bool = True, count: int = 3) -> MediaPlaylist:
    """Segments of five seconds from noon on, the first of them dated."""
    return MediaPlaylist(
        target_duration=5,
        media_sequence=100,
        segments=tuple(
            MediaSegment(f"{n}.m4s", 5.0, NOON if dated and n == 0 else None)
            for n in range(count)
        ),
        date_ranges=ranges,
    )


def test_a_title_is_cued_in_the_segment_that_it_begins_in():
    found = cues(playlist(title(-60, "Vatn"), title(6.5, "Ljós")))
    assert found == {
        100: (Cue(0.0, "Vatn"),),
        101: (Cue(0.0, "Vatn"), Cue(1.5, "Ljós")),
        102: (Cue(0.0, "Ljós"),),
    }


def test_nothing_is_said_of_what_was_on_before_the_first_title():
    assert cues(playlist(title(12, "Vatn"))) == {
        100: (),
        101: (),
        102: (Cue(2.0, "Vatn"),),
    }


def test_the_word_that_nobody_says_what_is_playing_is_a_cue_too():
    assert cues(playlist(title(-1, "Vatn"), title(7, "")))[101][-1] == Cue(2.0, "")


def test_a_title_a_millisecond_into_a_segment_begins_with_it():
    (cue,) = cues(playlist(title(-60, "Vatn"), title(5.001, "Ljós")))[101]
    assert cue.title == "Ljós"
    assert cue.seconds == pytest.approx(0.001, abs=1e-6)


def test_what_is_not_dated_has_no_titles():
    assert cues(playlist(title(1, "Vatn"), dated=False)) == {}


def test_other_date_ranges_say_nothing():
    other = DateRange("ad-1", NOON, attributes={"X-TITLE": "Buy"}, kind="ad")
    untitled = DateRange("t-1", NOON, attributes={"X-URL": "https://"}, kind="title")
    assert cues(playlist(other, untitled, count=1)) == {100: ()}


def test_titles_are_read_as_they_were_written():
    written = playlist(title(-60, 'Ótta "live"'), title(6.5, "Ljós, = x")).render()
    found = cues(parse_media_playlist(written))
    assert [cue.title for cue in found[101]] == ["Ótta 'live'", "Ljós, = x"]


def test_a_segment_as_long_as_the_world_is_no_error():
    text = (
        "#EXTM3U\n#EXT-X-TARGETDURATION:5\n"
        "#EXT-X-PROGRAM-DATE-TIME:2026-10-11T12:00:00Z\n"
        f"#EXTINF:{'9' * 20},\n0.m4s\n#EXTINF:5,\n1.m4s\n"
    )
    assert cues(parse_media_playlist(text)) == {0: (), 1: ()}
