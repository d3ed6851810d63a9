from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from groundwave.audio.heads import LONGEST_HEAD, head_of


DEMUXERS = {
    "opus": "ogg",
    "vorbis": "ogg",
    "oggflac": "ogg",
    "flac": "flac",
    "webm": "matroska",
}


@pytest.mark.parametrize("form", DEMUXERS)
def test_a_head_is_the_streams_first_bytes_and_no_sound(sound, form):
    stream = sound(form)
    head = head_of(DEMUXERS[form], stream[:20_000])

    assert head
    assert stream.startswith(head)
    assert len(head) < len(stream) / 2


@pytest.mark.parametrize("form", DEMUXERS)
def test_a_head_is_found_again_before_a_later_part_of_the_stream(sound, form):
    stream = sound(form)
    head = head_of(DEMUXERS[form], stream)

    assert head_of(DEMUXERS[form], head + stream[len(stream) // 2 :]) == head


@pytest.mark.parametrize("form", DEMUXERS)
def test_a_head_that_is_not_whole_is_none(sound, form):
    stream = sound(form)
    head = head_of(DEMUXERS[form], stream)

    assert len(head_of(DEMUXERS[form], stream[: len(head) - 1])) < len(head)


def test_a_head_too_long_to_be_kept_is_none():
    padding = (LONGEST_HEAD).to_bytes(3, "big")
    stream = b"fLaC\x81" + padding + bytes(LONGEST_HEAD)

    assert head_of("flac", stream) == b""


@given(st.sampled_from(["ogg", "flac", "matroska", "wav"]), st.binary(max_size=200))
def test_hostile_bytes_have_at_most_a_head_of_themselves(demuxer, stream):
    magic = {"ogg": b"OggS", "flac": b"fLaC", "matroska": b"\x1a\x45\xdf\xa3"}
    stream = magic.get(demuxer, b"") + stream

    assert stream.startswith(head_of(demuxer, stream))
