from __future__ import annotations

from groundwave.transmitter.standby import BUILT_IN
from groundwave.wire.frames.mpeg import MpegFramer


def test_the_standby_sound_is_whole_frames_in_the_format_of_a_mount():
    sound = BUILT_IN.read_bytes()
    frames = MpegFramer().receive_data(sound)

    assert b"".join(frame.data for frame in frames) == sound
    assert {frame.bitrate_kbps for frame in frames} == {128}
    assert {(frame.sample_rate, frame.channels) for frame in frames} == {(44100, 2)}


def test_the_standby_sound_is_long_enough_not_to_drive_anybody_mad_and_small():
    frames = MpegFramer().receive_data(BUILT_IN.read_bytes())

    assert 20 < sum(frame.seconds for frame in frames) < 30
    assert BUILT_IN.stat().st_size < 400_000
