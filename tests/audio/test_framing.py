from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from groundwave.audio.errors import ChildGarbled
from groundwave.audio.framing import Deframer, framed, framed_report, report_in
from groundwave.audio.job import Consumed, Encoded, Measured, NotAudio, Recognized


REPORTS = [
    Recognized(
        codec="opus",
        sample_rate=48000,
        channels=2,
        bitrate_kbps=None,
        description="Opus 48 kHz stereo",
        head=b"OggS",
    ),
    Encoded(name="hi", samples_per_frame=1024, frames=[b"\xff\xf1", b""]),
    Measured(rms_dbfs=-23.0, peak_dbfs=-20.0, seconds=0.4),
    NotAudio(sentence="Send sound."),
    Consumed(total=7),
]


@given(st.lists(st.binary(max_size=40)), st.lists(st.integers(0, 400), max_size=8))
def test_bodies_survive_however_the_pipe_slices_them(bodies, cuts):
    pipe = b"".join(framed(body) for body in bodies)
    ends = sorted({0, len(pipe), *(cut for cut in cuts if cut < len(pipe))})
    deframer, received = Deframer(), []

    for start, end in pairwise(ends):
        deframer.receive_data(pipe[start:end])
        received += deframer.bodies()

    assert received == bodies


def test_a_body_longer_than_the_limit_is_refused_before_it_is_held():
    deframer = Deframer(longest=10)
    deframer.receive_data(framed(b"whole"))
    deframer.receive_data(b"\x00\x00\x00\x0b")
    bodies = deframer.bodies()

    assert next(bodies) == b"whole"
    with pytest.raises(ChildGarbled, match="11 bytes"):
        next(bodies)


def test_a_body_is_given_once_even_if_its_reader_stops_there():
    deframer = Deframer()
    deframer.receive_data(framed(b"one") + framed(b"two"))

    for body in deframer.bodies():
        assert body == b"one"
        break

    assert list(deframer.bodies()) == [b"two"]


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: type(report).__name__)
def test_every_report_is_read_back_as_it_was_said(report):
    assert report_in(framed_report(report)[4:]) == report


@given(st.binary(max_size=100))
def test_bytes_that_are_no_report_are_garbled_and_nothing_else(body):
    with pytest.raises(ChildGarbled):
        report_in(b"\xc1" + body)
