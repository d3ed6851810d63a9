from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings, strategies as st

from groundwave.audio.job import Encoding
from groundwave.transmitter.tape import playlists
from groundwave.transmitter.tape.segment import Segment
from groundwave.transmitter.tape.title import Title, Titles
from groundwave.wire.hls.playlist import DateRange
from groundwave.wire.hls.reading import parse_media_playlist, parse_multivariant


NOON = 1_791_720_000.0
FULL = 215 * 1024 / 44100
RENDITIONS = (
    Encoding(name="high", codec="aac", bitrate_kbps=128),
    Encoding(name="low", codec="aac", bitrate_kbps=48),
)


@st.composite
def tapes(draw):
    """Segments as a recorder makes them: drifting, stepping, now and then broken."""
    segments, at, count, titles = [], NOON, 3, Titles()
    for number in range(draw(st.integers(1, 40))):
        breaks = number == 0 or draw(st.integers(0, 5)) == 0
        at += draw(st.sampled_from([0, 0, 0, 0.0004, -0.0004, 0.005]))
        at += draw(st.sampled_from([2.0, 900.0, -3600.0])) if breaks else 0
        count += breaks
        frames = draw(st.sampled_from([215, 215, 215, 1, 60]))
        init = draw(st.sampled_from(["aaa", "bbb"])) if breaks else segments[-1].init
        duration = frames * 1024 / 44100
        for text in draw(st.lists(st.text(max_size=9), max_size=2)):
            titles.note(text, at=at + draw(st.floats(0, 9)))
        heard = titles.heard(at, at + duration)
        segments.append(
            Segment(700 + number, round(at, 6), duration, breaks, count, init, heard)
        )
        at += duration
    return segments


def placed(text: str) -> dict[str, tuple[int, int, str | None, datetime]]:
    """What a player makes of each segment: numbers, init and date, added up."""
    playlist = parse_media_playlist(text)
    places, breaks, date = {}, playlist.discontinuity_sequence, None
    for number, segment in enumerate(playlist.segments, playlist.media_sequence):
        breaks += segment.discontinuity
        date = segment.program_date_time or date
        places[segment.uri] = number, breaks, segment.map_uri, date
        date += timedelta(seconds=segment.duration)
    return places


@settings(deadline=None)
@given(tape=tapes(), data=st.data())
def test_a_segment_is_the_same_in_every_window_it_is_in(tape, data):
    """Its numbers (RFC 8216 sections 3 and 6.2.2), its init segment and its date."""
    first = data.draw(st.integers(0, len(tape) - 1))
    last = data.draw(st.integers(first + 1, len(tape)))
    whole, window = (
        placed(playlists.live(tape)),
        placed(playlists.live(tape[first:last])),
    )

    for segment in tape[first:last]:
        here, there = window[f"{segment.name}.m4s"], whole[f"{segment.name}.m4s"]
        assert here[:3] == there[:3]
        assert here[:2] == (segment.sequence, segment.discontinuities)
        assert here[2] == f"{segment.init}.mp4"


@settings(deadline=None)
@given(tape=tapes())
def test_a_player_that_adds_up_durations_is_never_a_frame_off_the_clock(tape):
    for segment, (*_, date) in zip(
        tape, placed(playlists.live(tape)).values(), strict=True
    ):
        truth = datetime.fromtimestamp(segment.start, UTC)
        assert abs(date - truth) < timedelta(milliseconds=2)


# --- titles ----------------------------------------------------------------------


VATN, LJOS = Title(NOON - 90, "Vatn"), Title(NOON + 1.5, "Ljós")


def test_a_playlist_says_the_titles_of_its_segments_once():
    tape = [
        Segment(9, NOON, FULL, False, 4, "a", (VATN, LJOS)),
        Segment(10, NOON + FULL, FULL, False, 4, "a", (LJOS,)),
    ]
    first, second = parse_media_playlist(playlists.live(tape)).segments

    assert first.date_ranges == (
        DateRange(
            "title-1791719910000",
            datetime.fromtimestamp(NOON - 90, UTC),
            attributes={"X-TITLE": "Vatn"},
            kind="title",
            ends_on_next=True,
        ),
        DateRange(
            "title-1791720001500",
            datetime.fromtimestamp(NOON + 1.5, UTC),
            attributes={"X-TITLE": "Ljós"},
            kind="title",
            ends_on_next=True,
        ),
    )
    assert second.date_ranges == ()


def said(text: str) -> dict[str, str]:
    """What a playlist says of titles: each tag by its ID, which comes once."""
    tags = [line for line in text.splitlines() if line.startswith("#EXT-X-DATERANGE:")]
    by_id = {tag.split('"')[1]: tag for tag in tags}
    assert len(by_id) == len(tags)
    return by_id


@settings(deadline=None)
@given(tape=tapes(), data=st.data())
def test_what_is_said_of_a_title_is_the_same_in_every_window_and_reload(tape, data):
    """RFC 8216 section 4.3.2.7: one ID has one set of attributes."""
    first = data.draw(st.integers(0, len(tape) - 1))
    last = data.draw(st.integers(first + 1, len(tape)))
    whole, window = (
        said(playlists.live(tape)),
        said(playlists.live(tape[first:last])),
    )

    assert window.items() <= whole.items()
    heard = {title.id for segment in tape[first:last] for title in segment.titles}
    assert window.keys() == heard


@settings(deadline=None)
@given(tape=tapes(), data=st.data())
def test_a_span_that_grows_has_lines_appended_and_nothing_else(tape, data):
    """RFC 8216 section 4.3.3.5, of EVENT."""
    so_far = data.draw(st.integers(1, len(tape)))
    grown, before = (
        playlists.span(tape[:count], start=NOON, is_over=False)
        for count in (len(tape), so_far)
    )

    assert grown.startswith(before)


@pytest.mark.parametrize(
    "title",
    [
        'x"\n#EXT-X-ENDLIST\n"',
        "#EXTM3U",
        "https://attacker.example/a.m4s",
        'X",X-TITLE="Y',
        "a\u2028b\x00c\x85d",
        "=,=,",
        "\ud800",
    ],
)
def test_a_hostile_title_is_a_title_and_nothing_else(title):
    tape = [Segment(9, NOON, FULL, False, 4, "a", (Title(NOON, title),))]
    parsed = parse_media_playlist(playlists.live(tape))

    assert [segment.uri for segment in parsed.segments] == ["9-1791720000000.m4s"]
    (shown,) = parsed.segments[0].date_ranges
    assert shown.attributes.keys() == {"X-TITLE"}
    assert not parsed.ended


def test_players_begin_a_span_where_it_begins_and_not_where_its_segment_does():
    tape = [Segment(9, NOON, FULL, False, 4, "a")]
    for start, offset in ((NOON + 1.25, 1.25), (NOON, 0), (NOON - 90, 0)):
        parsed = parse_media_playlist(playlists.span(tape, start=start, is_over=False))
        assert parsed.starts_at == offset
    assert parse_media_playlist(playlists.live(tape)).starts_at is None


# --- spans -----------------------------------------------------------------------


def test_dates_are_written_where_they_are_needed_only():
    steady = [
        Segment(i, round(NOON + i * FULL, 6), FULL, i == 0, 1, "a") for i in range(720)
    ]

    assert playlists.live(steady).count("PROGRAM-DATE-TIME") == 1


def test_the_first_segment_of_a_window_carries_no_discontinuity():
    """Its playlist's discontinuity sequence has counted it."""
    text = playlists.live([Segment(9, NOON, FULL, True, 4, "a")])

    assert "#EXT-X-DISCONTINUITY\n" not in text
    assert "#EXT-X-DISCONTINUITY-SEQUENCE:4\n" in text


def test_no_segment_is_too_long_for_the_target_duration():
    parsed = parse_media_playlist(
        playlists.live([Segment(9, NOON, 108 * 1024 / 22050, False, 0, "a")])
    )

    assert parsed.target_duration == 5
    assert round(parsed.segments[0].duration) <= 5


def test_a_hole_in_a_span_is_a_discontinuity():
    """So that no player expects the samples to continue."""
    before = Segment(9, NOON, FULL, False, 4, "a")
    after = Segment(12, NOON + 3 * FULL, FULL, False, 4, "a")
    parsed = parse_media_playlist(
        playlists.span([before, after], start=NOON, is_over=True)
    )

    assert parsed.segments[1].discontinuity
    assert parsed.segments[1].program_date_time is not None


def test_a_span_that_is_over_says_so_on_its_last_line_and_nowhere_else():
    segments = [Segment(9, NOON, FULL, False, 4, "a")]
    growing, over = (
        playlists.span(segments, start=NOON, is_over=is_over)
        for is_over in (False, True)
    )

    assert parse_media_playlist(growing).playlist_type == "EVENT"
    assert over == growing + "#EXT-X-ENDLIST\n"


def test_the_multivariant_playlist_offers_each_rendition():
    parsed = parse_multivariant(playlists.multivariant(RENDITIONS, "live.m3u8"))

    assert [variant.uri for variant in parsed.variants] == [
        "high/live.m3u8",
        "low/live.m3u8",
    ]
    assert [variant.codecs for variant in parsed.variants] == ["mp4a.40.2"] * 2
    for variant, rendition in zip(parsed.variants, RENDITIONS, strict=True):
        nominal = rendition.bitrate_kbps * 1000
        assert nominal < variant.average_bandwidth < variant.bandwidth < 1.5 * nominal
