from __future__ import annotations

import io
import random

import pytest

from groundwave.audio.errors import NotSound
from groundwave.audio.recognition import next_decoder
from groundwave.audio.stream import SourceStream
from groundwave.wire.frames.adts import AdtsFramer
from groundwave.wire.frames.mpeg import MpegFramer


NOISE = random.Random(7).randbytes(200_000)


class Trickle:
    def __init__(self, data: bytes, piece: int) -> None:
        self._data, self._piece = io.BytesIO(data), piece

    def read(self, size: int) -> bytes:
        return self._data.read(min(size, self._piece))


def what_comes(data: bytes, piece: int = 1400):
    """The decoder that is needed, and the bytes it will be given."""
    stream = SourceStream(Trickle(data, piece))
    decoder = next_decoder(stream)
    return decoder, b"".join(iter(lambda: stream.read(4096), b""))


@pytest.mark.parametrize(
    ("form", "decoder"),
    [
        ("opus", "ogg"),
        ("flac", "flac"),
        ("wav", "wav"),
        ("webm", "matroska"),
        ("mp3", MpegFramer),
        ("adts", AdtsFramer),
    ],
)
@pytest.mark.parametrize("piece", [5, 4096])
def test_a_stream_is_known_by_its_first_bytes_and_loses_none(
    sound, form, decoder, piece
):
    assert what_comes(sound(form, 1.0), piece) == (decoder, sound(form, 1.0))


@pytest.mark.parametrize(
    ("form", "framer"), [("mp3", MpegFramer), ("adts", AdtsFramer)]
)
def test_frames_are_known_wherever_one_joins_them(sound, form, framer):
    decoder, rest = what_comes(NOISE[:40_000] + sound(form)[10_001:])

    assert decoder is framer
    assert len(rest) > len(sound(form)[10_001:]) - 2000


@pytest.mark.parametrize("piece", [333, 4096])
@pytest.mark.parametrize("joined_at", [3000, 12_345])
def test_whoever_joins_an_ogg_chain_late_waits_for_its_next_link(
    sound, piece, joined_at
):
    link = sound("opus", 2.0)

    assert what_comes(link[joined_at:] + link, piece) == ("ogg", link)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<!doctype html>" * 200, "it is a web page"),
        (b"\x89PNG\r\n\x1a\n" + NOISE, "it is a PNG picture"),
        (NOISE, "it is no known kind of audio"),
        (bytes(200_000), "it is no known kind of audio"),
        (b"\xff" * 200_000, "it is no known kind of audio"),
    ],
)
def test_what_is_no_sound_is_called_by_its_name(data, words):
    with pytest.raises(NotSound, match=words):
        what_comes(data)


@pytest.mark.parametrize("data", [b"", NOISE[:40_000]])
def test_a_stream_that_ends_too_early_is_nothing(data):
    assert what_comes(data)[0] is None
