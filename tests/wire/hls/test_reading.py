from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from groundwave.wire.errors import PeerError
from groundwave.wire.hls.playlist import (
    DateRange,
    MediaPlaylist,
    MediaSegment,
    MultivariantPlaylist,
    Rendition,
    Variant,
)
from groundwave.wire.hls.reading import (
    LARGEST_PLAYLIST,
    parse,
    parse_media_playlist,
    parse_multivariant,
)


VECTORS = Path(__file__).parents[2] / "vectors" / "hls"
HEAD = "#EXTM3U\n#EXT-X-TARGETDURATION:6\n"

uris = st.from_regex(r"[a-z/][a-z0-9/._?=&%-]{0,20}", fullmatch=True)
titles = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters='"'),
    max_size=20,
)
milliseconds = st.integers(0, 4_000_000_000_000).map(
    lambda ms: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)
)
durations = st.integers(0, 6_499_999).map(lambda microseconds: microseconds / 1e6)
date_ranges = st.builds(
    DateRange,
    id=titles,
    start=milliseconds,
    duration=st.none() | durations,
    attributes=st.dictionaries(
        st.from_regex(r"X-[A-Z0-9-]{1,9}", fullmatch=True), titles, max_size=3
    ),
    kind=st.just("") | titles,
).filter(lambda date_range: date_range.id)
segments = st.builds(
    MediaSegment,
    uri=uris,
    duration=durations,
    program_date_time=st.none() | milliseconds,
    discontinuity=st.booleans(),
    date_ranges=st.lists(date_ranges, max_size=2).map(tuple),
)


@st.composite
def media_playlists(draw: st.DrawFn) -> MediaPlaylist:
    listed = draw(st.lists(segments, max_size=5))
    map_uri = draw(st.none() | uris)
    listed = [replace(segment, map_uri=map_uri) for segment in listed]
    dated = not listed or any(segment.program_date_time for segment in listed)
    if not dated:
        listed = [replace(segment, date_ranges=()) for segment in listed]
    return MediaPlaylist(
        target_duration=6,
        media_sequence=draw(st.integers(0, 2**63)),
        discontinuity_sequence=draw(st.integers(0, 1000)),
        segments=tuple(listed),
        playlist_type=draw(st.sampled_from(["", "EVENT", "VOD"])),
        ended=draw(st.booleans()),
        date_ranges=tuple(draw(st.lists(date_ranges, max_size=2))) if dated else (),
        starts_at=draw(st.none() | st.just(-12.5) | durations),
    )


multivariant_playlists = st.builds(
    MultivariantPlaylist,
    variants=st.lists(
        st.builds(
            Variant,
            uri=uris,
            bandwidth=st.integers(1, 10**7),
            average_bandwidth=st.integers(0, 10**7),
            codecs=st.sampled_from(["", "mp4a.40.2", "mp4a.40.2,opus"]),
            audio=titles,
        ),
        min_size=1,
        max_size=3,
    ).map(tuple),
    renditions=st.lists(
        st.builds(
            Rendition,
            group_id=titles.filter(bool),
            name=titles.filter(bool),
            uri=st.just("") | uris,
            language=st.sampled_from(["", "en", "es-MX"]),
            autoselect=st.booleans(),
        ),
        max_size=3,
    ).map(tuple),
)


@given(media_playlists())
def test_a_media_playlist_comes_back_as_it_was(playlist: MediaPlaylist) -> None:
    assert parse(playlist.render()) == playlist


@given(multivariant_playlists)
def test_a_multivariant_playlist_comes_back_as_it_was(
    playlist: MultivariantPlaylist,
) -> None:
    assert parse(playlist.render()) == playlist


def test_a_default_rendition_and_the_end_of_a_range_come_back() -> None:
    start = datetime(2026, 11, 22, 16, tzinfo=UTC)
    show = DateRange("show", start, end=start + timedelta(hours=1))
    tide = DateRange("tide", start, kind="title", ends_on_next=True)
    default = Rendition("words", "English", default=True, autoselect=True)

    assert parse_media_playlist(
        MediaPlaylist(6, date_ranges=(show, tide)).render()
    ).date_ranges == (show, tide)
    assert parse_multivariant(
        MultivariantPlaylist((Variant("a.m3u8", 1),), (default,)).render()
    ).renditions == (default,)


@pytest.mark.parametrize("offset", ["", "soon", "1e9", "--1", "nan", "1" * 400])
def test_a_start_that_is_no_number_is_not_heeded(offset: str) -> None:
    text = f"#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXT-X-START:TIME-OFFSET={offset}\n"

    assert parse_media_playlist(text).starts_at is None


def test_ffmpeg_dates_each_segment_and_maps_them_all() -> None:
    playlist = parse_media_playlist((VECTORS / "ffmpeg-fmp4.m3u8").read_text())

    assert [s.uri for s in playlist.segments] == [f"aac64{n}.m4s" for n in range(4)]
    assert {s.map_uri for s in playlist.segments} == {"init.mp4"}
    assert all(s.program_date_time for s in playlist.segments)
    assert playlist.segments[0].duration == 4.017052
    assert playlist.ended


def test_ffmpeg_counts_on_from_the_segments_it_removed() -> None:
    playlist = parse_media_playlist((VECTORS / "ffmpeg-ts.m3u8").read_text())

    assert playlist.media_sequence == 70002
    assert [s.uri for s in playlist.segments] == ["ts70002.ts", "ts70003.ts"]


def test_ffmpeg_offers_its_variant() -> None:
    assert parse((VECTORS / "ffmpeg-multivariant.m3u8").read_text()) == (
        MultivariantPlaylist((Variant("aac64.m3u8", 70400, codecs="mp4a.40.2"),))
    )


def test_segments_cut_from_one_file_are_refused_in_a_sentence() -> None:
    with pytest.raises(PeerError, match="one file a segment"):
        parse((VECTORS / "ffmpeg-single-file.m3u8").read_text())
    with pytest.raises(PeerError, match="one file a segment"):
        parse(HEAD + '#EXT-X-MAP:URI="a.mp4",BYTERANGE="600@0"\n')


def test_encryption_is_refused_in_a_sentence_and_its_absence_is_not() -> None:
    parse(HEAD + "#EXT-X-KEY:METHOD=NONE\n")
    with pytest.raises(PeerError, match="without encryption"):
        parse(HEAD + '#EXT-X-KEY:METHOD=AES-128,URI="key"\n')


def test_what_it_does_not_know_is_ignored() -> None:
    text = (
        "\ufeff#EXTM3U\r\n#EXT-X-TARGETDURATION: 6.0 \r\n# a comment\r\n\r\n"
        "#EXT-X-CUE-OUT:30\r\n#EXT-X-PLAYLIST-TYPE:LOOP\r\n"
        '#EXT-X-DATERANGE:ID="later",END-ON-NEXT=YES\r\n'
        "#EXTINF:6.0,Title, with a comma\r\na b.aac\r\n"
    )

    assert parse(text) == MediaPlaylist(6, segments=(MediaSegment("a b.aac", 6.0),))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "not an HLS playlist"),
        ("<html>", "not an HLS playlist"),
        ("#EXTM3U8\n", "not an HLS playlist"),
        ("#EXTM3U\n", "no target duration"),
        ("#EXTM3U\n#EXTINF:-1,Radio\nhttp://radio/\n", "where a number belongs"),
        (HEAD + "a.aac\n", "without a duration"),
        (HEAD + "#EXTINF:nan,\n", "where a number belongs"),
        (HEAD + "#EXTINF:1e9,\n", "where a number belongs"),
        (HEAD + "#EXTINF:\N{ARABIC-INDIC DIGIT SIX},\n", "where a number belongs"),
        (HEAD + "#EXT-X-MEDIA-SEQUENCE:-1\n", "where an integer belongs"),
        (HEAD + "#EXT-X-PROGRAM-DATE-TIME:noon\n", "malformed date"),
        (HEAD + "#EXT-X-MAP:BANDWIDTH=1\n", "without its URI"),
        (HEAD + "#EXT-X-MAP:here\n", "malformed attribute list"),
        ("#EXTM3U\n#EXT-X-STREAM-INF:CODECS=x\na\n", "without its BANDWIDTH"),
        ("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n", "offers no stream"),
        ("#EXTM3U\n" + "#" * LARGEST_PLAYLIST, "too long"),
    ],
)
def test_rubbish_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(PeerError, match=sentence):
        parse(text)


fragments = st.sampled_from(
    [
        "#EXTINF:",
        "#EXT-X-MAP:",
        "#EXT-X-DATERANGE:",
        "#EXT-X-MEDIA:",
        "#EXT-X-STREAM-INF:",
        "#EXT-X-KEY:",
        "#EXT-X-PROGRAM-DATE-TIME:",
        "#EXT-X-ENDLIST",
        "#EXT-X-TARGETDURATION:",
        "a.aac",
        "ID=",
        "URI=",
        '"',
        "START-DATE=",
        "2026-01-01",
        "6",
        ",",
    ]
)


@given(st.lists(fragments | st.just("\n") | st.text(max_size=5), max_size=30))
def test_hostile_text_only_ever_raises_a_peer_error(parts: list[str]) -> None:
    with suppress(PeerError):
        parse(HEAD + "".join(parts))
