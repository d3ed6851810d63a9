from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings, strategies as st

from groundwave.audio.job import Encoding
from groundwave.transmitter.tape import playlists
from groundwave.transmitter.tape.segment import Segment
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
    segments, at, count = [], NOON, 3
    for number in range(draw(st.integers(1, 40))):
        breaks = number == 0 or draw(st.integers(0, 5)) == 0
        at += draw(st.sampled_from([0, 0, 0, 0.0004, -0.0004, 0.005]))
        at += draw(st.sampled_from([2.0, 900.0, -3600.0])) if breaks else 0
        count += breaks
        frames = draw(st.sampled_from([215, 215, 215, 1, 60]))
        init = draw(st.sampled_from(["aaa", "bbb"])) if breaks else segments[-1].init
        duration = frames * 1024 / 44100
        segments.append(
            Segment(700 + number, round(at, 6), duration, breaks, count, init)
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
    parsed = parse_media_playlist(playlists.span([before, after], is_over=True))

    assert parsed.segments[1].discontinuity
    assert parsed.segments[1].program_date_time is not None


@pytest.mark.parametrize(("is_over", "kind"), [(True, "VOD"), (False, "EVENT")])
def test_a_span_says_whether_it_still_grows(is_over, kind):
    segments = [Segment(9, NOON, FULL, False, 4, "a")]
    parsed = parse_media_playlist(playlists.span(segments, is_over=is_over))

    assert (parsed.playlist_type, parsed.ended) == (kind, is_over)


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
