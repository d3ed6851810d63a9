from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from groundwave.wire.errors import UsageError
from groundwave.wire.hls.playlist import (
    DateRange,
    MediaPlaylist,
    MediaSegment,
    MultivariantPlaylist,
    Rendition,
    Variant,
)


FOUR = datetime(2026, 11, 22, 16, tzinfo=UTC)
SEGMENT = MediaSegment("700.m4s", 5.015510, FOUR, map_uri="init.mp4")


def test_a_live_playlist_is_what_the_rfc_asks_for() -> None:
    playlist = MediaPlaylist(
        target_duration=5,
        media_sequence=700,
        discontinuity_sequence=3,
        segments=(
            SEGMENT,
            MediaSegment("701.m4s", 5.015510, None, map_uri="init.mp4"),
            MediaSegment(
                "702.m4s",
                1.25,
                FOUR + timedelta(seconds=60),
                discontinuity=True,
                map_uri="other.mp4",
            ),
        ),
        date_ranges=(DateRange("show-9", FOUR, attributes={"X-TITLE": "The Tide"}),),
        starts_at=1.5,
    )

    assert playlist.render() == (
        "#EXTM3U\n"
        "#EXT-X-VERSION:6\n"
        "#EXT-X-INDEPENDENT-SEGMENTS\n"
        "#EXT-X-TARGETDURATION:5\n"
        "#EXT-X-MEDIA-SEQUENCE:700\n"
        "#EXT-X-DISCONTINUITY-SEQUENCE:3\n"
        "#EXT-X-START:TIME-OFFSET=1.500000,PRECISE=YES\n"
        '#EXT-X-MAP:URI="init.mp4"\n'
        "#EXT-X-PROGRAM-DATE-TIME:2026-11-22T16:00:00.000Z\n"
        "#EXTINF:5.015510,\n"
        "700.m4s\n"
        "#EXTINF:5.015510,\n"
        "701.m4s\n"
        "#EXT-X-DISCONTINUITY\n"
        '#EXT-X-MAP:URI="other.mp4"\n'
        "#EXT-X-PROGRAM-DATE-TIME:2026-11-22T16:01:00.000Z\n"
        "#EXTINF:1.250000,\n"
        "702.m4s\n"
        '#EXT-X-DATERANGE:ID="show-9",START-DATE="2026-11-22T16:00:00.000Z",'
        'X-TITLE="The Tide"\n'
    )


def test_what_is_said_of_a_segment_s_sound_stands_before_it() -> None:
    """So that a playlist that grows has lines appended, and none put in between."""
    tide = DateRange("tide", FOUR, kind="title", ends_on_next=True)
    segments = (SEGMENT, MediaSegment("701.m4s", 5, map_uri="init.mp4"))
    said = MediaSegment("702.m4s", 5, map_uri="init.mp4", date_ranges=(tide,))
    before = MediaPlaylist(5, segments=segments).render()

    assert MediaPlaylist(5, segments=(*segments, said)).render() == before + (
        '#EXT-X-DATERANGE:ID="tide",CLASS="title",'
        'START-DATE="2026-11-22T16:00:00.000Z",END-ON-NEXT=YES\n'
        "#EXTINF:5.000000,\n"
        "702.m4s\n"
    )


@pytest.mark.parametrize("offset", [float("nan"), float("inf"), float("-inf")])
def test_players_begin_at_a_number(offset: float) -> None:
    with pytest.raises(UsageError, match="cannot begin"):
        MediaPlaylist(5, starts_at=offset).render()


def test_a_finished_span_says_so() -> None:
    text = MediaPlaylist(
        6, segments=(SEGMENT,), playlist_type="VOD", ended=True
    ).render()

    assert "#EXT-X-PLAYLIST-TYPE:VOD\n" in text
    assert text.endswith("700.m4s\n#EXT-X-ENDLIST\n")


def test_a_playlist_without_maps_asks_for_no_more_than_version_3() -> None:
    text = MediaPlaylist(6, segments=(MediaSegment("a.ts", 6),)).render()

    assert "#EXT-X-VERSION:3\n" in text


@pytest.mark.parametrize("duration", [0.0, 5.0, 5.4999994])
def test_a_segment_may_last_until_it_rounds_above_the_target(duration: float) -> None:
    MediaPlaylist(5, segments=(MediaSegment("a", duration),)).render()


@pytest.mark.parametrize("duration", [5.5, 5.4999996, -0.1, float("inf"), float("nan")])
def test_a_segment_beyond_the_target_is_our_own_mistake(duration: float) -> None:
    with pytest.raises(UsageError, match="does not fit"):
        MediaPlaylist(5, segments=(MediaSegment("a", duration),)).render()


@pytest.mark.parametrize(
    "uri", ["", "#tag", "two\nlines", 'say"so', "a b", "café", "\0"]
)
def test_a_uri_that_would_break_the_playlist_is_our_own_mistake(uri: str) -> None:
    with pytest.raises(UsageError, match="percent-encode"):
        MediaPlaylist(5, segments=(MediaSegment(uri, 5),)).render()


def test_a_segment_cannot_take_back_the_map_before_it() -> None:
    segments = (SEGMENT, MediaSegment("701.ts", 5))

    with pytest.raises(UsageError):
        MediaPlaylist(5, segments=segments).render()


def test_a_date_range_says_how_long_and_until_when() -> None:
    show = DateRange("s", FOUR, duration=1.5, end=FOUR + timedelta(seconds=1.5))

    assert show.render() == (
        '#EXT-X-DATERANGE:ID="s",START-DATE="2026-11-22T16:00:00.000Z",'
        'END-DATE="2026-11-22T16:00:01.500Z",DURATION=1.500000'
    )


def test_a_hostile_title_stays_a_title() -> None:
    title = 'x"\n#EXT-X-ENDLIST\n"'
    text = DateRange("s", FOUR, attributes={"X-TITLE": title}).render()

    assert text.endswith("X-TITLE=\"x' #EXT-X-ENDLIST '\"")


@pytest.mark.parametrize(
    "impossible",
    [
        DateRange("s", FOUR, duration=-1),
        DateRange("s", FOUR, duration=float("nan")),
        DateRange("s", FOUR, duration=float("inf")),
        DateRange("s", FOUR, end=FOUR - timedelta(seconds=1)),
        DateRange("s", FOUR, attributes={"TITLE": "x"}),
        DateRange("s", FOUR, ends_on_next=True),
        DateRange("s", FOUR, duration=0, kind="title", ends_on_next=True),
        DateRange("s", FOUR, end=FOUR, kind="title", ends_on_next=True),
        DateRange("s", FOUR, attributes={'X-A="",ID': "x"}),
    ],
)
def test_an_impossible_date_range_is_our_own_mistake(impossible: DateRange) -> None:
    with pytest.raises(UsageError):
        impossible.render()


@pytest.mark.parametrize(
    "undated",
    [
        MediaPlaylist(
            5, segments=(MediaSegment("a", 5),), date_ranges=(DateRange("s", FOUR),)
        ),
        MediaPlaylist(
            5, segments=(MediaSegment("a", 5, date_ranges=(DateRange("s", FOUR),)),)
        ),
    ],
)
def test_date_ranges_need_a_dated_segment(undated: MediaPlaylist) -> None:
    with pytest.raises(UsageError, match="program date-time"):
        undated.render()


def test_a_multivariant_playlist_lists_renditions_and_then_variants() -> None:
    playlist = MultivariantPlaylist(
        variants=(
            Variant("128/live.m3u8", 140_000, 131_000, "mp4a.40.2", audio="words"),
            Variant("48/live.m3u8", 56_000),
        ),
        renditions=(
            Rendition("words", "English", language="en", default=True),
            Rendition("words", "Español", "es.m3u8", language="es", autoselect=True),
            Rendition("words", "Described", "d.m3u8"),
        ),
    )

    assert playlist.render() == (
        "#EXTM3U\n"
        "#EXT-X-VERSION:6\n"
        "#EXT-X-INDEPENDENT-SEGMENTS\n"
        '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="words",NAME="English",LANGUAGE="en",'
        "DEFAULT=YES,AUTOSELECT=YES\n"
        '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="words",NAME="Español",LANGUAGE="es",'
        'AUTOSELECT=YES,URI="es.m3u8"\n'
        '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="words",NAME="Described",URI="d.m3u8"\n'
        "#EXT-X-STREAM-INF:BANDWIDTH=140000,AVERAGE-BANDWIDTH=131000,"
        'CODECS="mp4a.40.2",AUDIO="words"\n'
        "128/live.m3u8\n"
        "#EXT-X-STREAM-INF:BANDWIDTH=56000\n"
        "48/live.m3u8\n"
    )
