from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from groundwave.audio.job import Encoding
from groundwave.transmitter.output import LEAD_IN_SECONDS, Output
from groundwave.transmitter.stamped import StampedFrame
from groundwave.wire.frames.frame import Frame
from groundwave.wire.frames.mpeg import MpegFramer
from groundwave.wire.frames.reservoir import bridge


VECTORS = Path(__file__).parents[1] / "vectors" / "frames"
FRAME_SECONDS = 1152 / 44100
ENCODING = Encoding(name="/kgnd.mp3", codec="mp3", bitrate_kbps=64)
# Frames that lean on those before them, as every constant bitrate makes them.
LEANING = MpegFramer().receive_data((VECTORS / "mp3-cbr.mp3").read_bytes())


def line(
    source: str, start: float, count: int, *, independent: bool = True
) -> list[StampedFrame]:
    """A source's frames, one after another; each says whose it is."""
    frame = Frame(source.encode(), 1152, 44100, 2, 64, independent)
    return [StampedFrame(frame, start + i * FRAME_SECONDS) for i in range(count)]


class Heard:
    def __init__(self) -> None:
        self.frames: list[StampedFrame] = []
        self.output = Output(ENCODING, passthrough=True, hear=[self.frames.extend])

    @property
    def sources(self) -> str:
        return "".join(stamped.frame.data.decode() for stamped in self.frames)


@pytest.fixture
def heard() -> Heard:
    return Heard()


def test_what_is_played_is_heard_once_and_in_order(heard: Heard):
    frames = line("a", 100.0, 10)
    heard.output.play(frames[:4])
    heard.output.play(frames[:7])  # some of it again, as a take-over brings it
    heard.output.play([])
    heard.output.play(frames[7:])
    assert heard.frames == frames
    assert heard.output.position == frames[-1].ends_at


@given(
    lost_after=st.integers(20, 80),
    offset=st.floats(-2, 0.5),
    grace=st.integers(0, 60),
)
def test_a_newcomer_is_joined_on_without_a_gap_and_without_an_overlap(
    lost_after: int, offset: float, grace: int
):
    heard = Heard()
    heard.output.play(line("a", 100.0, lost_after))
    position = heard.output.position
    assert position is not None
    newcomer = line("b", 100.0 + offset, 80 + grace)
    heard.output.splice([s for s in newcomer if s.ends_at > position - LEAD_IN_SECONDS])
    assert heard.sources.strip("b") == "a" * lost_after
    for before, after in pairwise(heard.frames):
        assert abs(after.at - before.ends_at) <= FRAME_SECONDS / 2 + 1e-6


def test_a_newcomer_that_has_nothing_yet_costs_nothing(heard: Heard):
    heard.output.play(line("a", 100.0, 10))
    before = heard.output.position
    heard.output.splice([])
    heard.output.splice(line("b", 90.0, 10))  # all of it from before
    assert heard.output.position == before
    assert heard.sources == "a" * 10


def test_the_first_source_of_all_is_heard_from_its_first_frame(heard: Heard):
    heard.output.splice(line("a", 100.0, 3))
    assert heard.sources == "aaa"


def stamped(frames: list[Frame], start: float) -> list[StampedFrame]:
    return [StampedFrame(f, start + i * FRAME_SECONDS) for i, f in enumerate(frames)]


def test_frames_that_lean_on_others_are_joined_by_a_bridge(heard: Heard):
    heard.output.play(line("a", 100.0, 10))
    joined_at = heard.output.position
    assert joined_at is not None
    newcomer = stamped(LEANING, joined_at - 12 * FRAME_SECONDS)
    assert not LEANING[12].independent
    heard.output.splice(newcomer)
    played = [s.frame for s in heard.frames[10:]]

    assert played[0] == bridge(LEANING[:13], LEANING[13])
    assert played[1:] == LEANING[13:]
    assert heard.frames[10].at == pytest.approx(joined_at)


def test_frames_that_stand_alone_are_joined_as_they_are(heard: Heard):
    heard.output.play(line("a", 100.0, 10))
    newcomer = line("b", 100.0, 30)
    heard.output.splice(newcomer)
    assert heard.frames[10:] == newcomer[10:]


def test_several_ears_hear_the_same():
    one: list[StampedFrame] = []
    two: list[StampedFrame] = []
    output = Output(ENCODING, passthrough=False, hear=[one.extend, two.extend])
    output.play(line("a", 1.0, 5))
    assert one == two == line("a", 1.0, 5)
