"""The child itself, spoken to over its pipes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import msgspec
import pytest

from groundwave.audio.framing import Deframer, framed, report_in
from groundwave.audio.job import CodecJob, Consumed, Encoded, Encoding, Measured


AAC = Encoding(name="hi", codec="aac")
LOW = Encoding(name="lo", codec="aac", bitrate_kbps=48, sample_rate=22050, channels=1)
MP3 = Encoding(name="mp3", codec="mp3")


@pytest.fixture
def child():
    with subprocess.Popen(
        [sys.executable, "-m", "groundwave.audio.codec"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        yield process
        process.kill()


def job(*encodings: Encoding) -> bytes:
    return framed(
        msgspec.msgpack.encode(CodecJob(content_type="", encodings=encodings))
    )


def first_report(child):
    deframer = Deframer()
    while not (bodies := list(deframer.bodies())):
        deframer.receive_data(os.read(child.stdout.fileno(), 65536))
    return report_in(bodies[0])


def answer(child, data: bytes):
    out, err = child.communicate(data, timeout=30)
    deframer = Deframer()
    deframer.receive_data(out)
    return [report_in(body) for body in deframer.bodies()], err


@pytest.mark.parametrize("form", ["mp3", "adts", "opus", "flac", "wav"])
def test_one_source_becomes_every_encoding_and_a_measure(child, sound, form):
    stream = sound(form)
    pieces = [framed(stream[at : at + 1400]) for at in range(0, len(stream), 1400)]

    reports, err = answer(child, job(AAC, LOW, MP3) + b"".join(pieces))

    for encoding in (AAC, LOW, MP3):
        seconds = sum(
            len(report.frames) * report.samples_per_frame / encoding.sample_rate
            for report in reports
            if isinstance(report, Encoded) and report.name == encoding.name
        )
        assert seconds == pytest.approx(5.0, abs=0.2)
    assert sum(r.seconds for r in reports if isinstance(r, Measured)) > 4.5
    assert Consumed(total=len(stream)) in reports
    assert child.returncode == 0
    assert err == b""


def test_its_first_word_says_that_it_listens(child):
    child.stdin.write(job(MP3))
    child.stdin.flush()

    assert first_report(child) == Consumed(total=0)


def test_an_interrupt_at_the_terminal_is_the_parents_business(child, sound):
    child.stdin.write(job(MP3))
    child.stdin.flush()
    first_report(child)

    child.send_signal(signal.SIGINT)
    reports, _ = answer(child, framed(sound("mp3", 1.0)))

    assert any(isinstance(report, Encoded) for report in reports)
    assert child.returncode == 0


def test_a_parent_that_speaks_nonsense_ends_the_child(child):
    _, err = answer(child, framed(b"\xc1"))

    assert child.returncode == 1
    assert b"DecodeError" in err or b"ValidationError" in err
