from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from groundwave.wire.http.head import Headers
from groundwave.wire.icecast.description import StreamDescription


def described(*lines):
    return StreamDescription.read(Headers.parse(lines))


def test_a_source_that_says_nothing_sends_mp3():
    assert described() == StreamDescription(content_type="audio/mpeg")


@pytest.mark.parametrize("prefix", [b"ice-", b"icy-", b"x-audiocast-"])
def test_every_generation_of_names_is_read(prefix):
    found = described(
        prefix + b"name: N",
        prefix + b"description: D",
        prefix + b"genre: G",
        prefix + b"url: http://u",
    )

    assert (found.name, found.description, found.genre, found.url) == (
        "N",
        "D",
        "G",
        "http://u",
    )


@pytest.mark.parametrize(
    "line",
    [b"ice-public: 1", b"icy-pub: yes", b"x-audiocast-public: TRUE", b"icy-public:1"],
)
def test_every_way_to_be_public_is_read(line):
    assert described(line).public
    assert not described(b"ice-public: 0").public


@pytest.mark.parametrize(
    ("line", "kbps"),
    [
        (b"ice-bitrate: 128", 128),
        (b"icy-br:64", 64),
        (b"x-audiocast-bitrate: 24", 24),
        (b"ice-bitrate: Quality 4", None),
        (b"ice-bitrate: 0", None),
        (b"ice-bitrate: 99999999", None),
        (b"ice-audio-info: bitrate=96", 96),
    ],
)
def test_a_bitrate_is_a_number_or_unknown(line, kbps):
    assert described(line).bitrate_kbps == kbps


@pytest.mark.parametrize(
    "info",
    [
        b"ice-bitrate=64;ice-channels=2;ice-samplerate=44100",
        b"channels=2; samplerate=44100 ;bitrate=64",
        b"ice-samplerate=44%3100;ICE-CHANNELS=%32;bitrate=64;;nonsense",
    ],
)
def test_audio_info_is_read_with_and_without_its_prefix(info):
    found = described(b"ice-audio-info: " + info)

    assert (found.bitrate_kbps, found.sample_rate, found.channels) == (64, 44100, 2)


def test_the_older_header_stands_in_for_an_empty_newer_one():
    assert described(b"ice-name: ", b"icy-name: Old").name == "Old"
    assert described(b"icy-name: Old", b"ice-name: New").name == "New"


def test_the_media_type_comes_without_its_parameters():
    assert described(b"Content-Type: Audio/AACP; x=1").content_type == "audio/aacp"


def test_names_are_read_in_whatever_charset_they_came():
    assert described("ice-name: Vökuradio".encode()).name == "Vökuradio"
    assert described("ice-name: Vökuradio".encode("latin-1")).name == "Vökuradio"


def test_the_agent_is_the_first_that_is_named():
    assert described(b"User-Agent: butt", b"User-Agent: other").agent == "butt"


@given(st.lists(st.binary(max_size=40)), st.binary(max_size=80))
def test_nothing_fails_to_be_described(lines, info):
    described(*lines, b"ice-audio-info:" + info)
