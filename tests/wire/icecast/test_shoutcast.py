from __future__ import annotations

from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from groundwave.wire.errors import PeerError, UsageError
from groundwave.wire.http.head import Credentials
from groundwave.wire.icecast import refusals
from groundwave.wire.icecast.handshake import MAX_EARLY_BYTES
from groundwave.wire.icecast.shoutcast import (
    MAX_HEADER_BYTES,
    AudioReceived,
    ShoutcastHandshake,
    SourceDescribed,
    SourceEnded,
    SourceRequested,
    mount_and_key,
)


HEADERS = b"icy-name:Odetta\r\nicy-br:64\r\ncontent-type:audio/aacp\r\n\r\n"
WELCOME = b"OK2\r\nicy-caps:11\r\n\r\n"


def asking(sent=b"key\r\n"):
    handshake = ShoutcastHandshake(sent)
    (asked,) = handshake.events_received()
    assert isinstance(asked, SourceRequested)
    return handshake, asked


def heard(events):
    return b"".join(event.data for event in events if isinstance(event, AudioReceived))


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("key", ("", "key")),
        ("kgnd:key", ("/kgnd", "key")),
        ("/kgnd:key", ("/kgnd", "key")),
        ("source:key", ("", "key")),
        (":key", ("", "key")),
        ("kgnd:a:b", ("/kgnd", "a:b")),
        ("", ("", "")),
    ],
)
def test_a_password_may_name_a_mount(password, expected):
    assert mount_and_key(password) == expected


@pytest.mark.parametrize("line", [b"key\n", b"key\r\n", b"key\r\r\n", b"\r\nkey \r\n"])
def test_the_password_comes_on_a_line_of_its_own(line):
    _, asked = asking(line)

    assert asked.mount == ""
    assert asked.credentials == Credentials("source", "key")
    assert asked.protocol == "SHOUTcast 1"


def test_a_password_may_come_in_pieces():
    handshake = ShoutcastHandshake()
    for byte in b"kgnd:key\r":
        handshake.receive_data(bytes([byte]))
        assert handshake.events_received() == []
        with pytest.raises(UsageError):
            handshake.accept()
    handshake.receive_data(b"\n")

    assert handshake.events_received()


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r\r\n"])
def test_headers_may_end_their_lines_in_three_ways(ending):
    handshake, _ = asking(b"key" + ending)
    handshake.accept()
    assert handshake.data_to_send() == WELCOME
    handshake.receive_data(HEADERS.replace(b"\r\n", ending) + b"audio")
    described, audio = handshake.events_received()

    assert isinstance(described, SourceDescribed)
    assert described.description.name == "Odetta"
    assert described.description.bitrate_kbps == 64
    assert described.description.content_type == "audio/aacp"
    assert audio == AudioReceived(b"audio")


def test_headers_may_come_before_the_welcome():
    handshake, _ = asking(b"key\n" + HEADERS)
    handshake.receive_data(b"audio")
    assert handshake.events_received() == []

    handshake.accept()
    events = handshake.events_received()

    assert isinstance(events[0], SourceDescribed)
    assert heard(events) == b"audio"


def test_a_blank_line_after_the_password_is_not_the_end_of_the_headers():
    handshake, _ = asking(b"key\r\n\r\n")
    handshake.accept()
    handshake.receive_data(HEADERS)
    (described,) = handshake.events_received()

    assert isinstance(described, SourceDescribed)
    assert described.description.name == "Odetta"


def test_a_source_may_have_nothing_to_say_about_itself():
    handshake, _ = asking()
    handshake.accept()
    handshake.receive_data(b"\r\naudio")
    described, audio = handshake.events_received()

    assert isinstance(described, SourceDescribed)
    assert audio == AudioReceived(b"audio")


def test_a_source_ends_when_its_connection_does():
    handshake, _ = asking()
    handshake.accept()
    handshake.receive_data(HEADERS)
    handshake.receive_eof()
    handshake.data_to_send()

    assert handshake.events_received()[-1] == SourceEnded()
    assert handshake.closing
    assert handshake.data_to_send() == b""


@pytest.mark.parametrize(
    ("refusal", "gist"),
    [
        (refusals.wrong_key(), b"Invalid Password"),
        (refusals.needs_password(), b"Invalid Password"),
        (refusals.mount_taken("/kgnd"), b"Mountpoint in use"),
    ],
)
def test_a_refusal_begins_with_what_encoders_show(refusal, gist):
    handshake, _ = asking()
    handshake.refuse(refusal)
    first, second, rest = handshake.data_to_send().split(b"\r\n")

    assert (first, second.decode(), rest) == (gist, refusal.sentence, b"")
    assert handshake.closing


def test_libshout_s_poke_is_told_from_a_password():
    _, asked = asking(b"!POKE\nicy-name:libshout server poke request\n\n")

    assert asked.credentials is None


@pytest.mark.parametrize(
    "sent",
    [
        b"SOURCE /kgnd HTTP/1.0\r\n",
        b"PUT /kgnd HTTP/1",
        b"SOURCE /kgnd ICE/1.0",
        b"\x16\x03\x01",
        b"x" * 513,
    ],
)
def test_what_belongs_on_another_port_is_sent_there(sent):
    with pytest.raises(PeerError, match="SHOUTcast"):
        ShoutcastHandshake(sent)


def test_headers_without_end_are_refused():
    handshake, _ = asking()
    handshake.accept()
    handshake.receive_data(b"x" * MAX_HEADER_BYTES)

    with pytest.raises(PeerError) as caught:
        handshake.receive_data(b"x")
    assert caught.value.status == 431


def test_early_bytes_are_bounded():
    handshake, _ = asking()

    with pytest.raises(PeerError):
        handshake.receive_data(bytes(MAX_EARLY_BYTES + 1))


@given(st.binary(max_size=60), st.data())
def test_how_the_network_slices_a_source_does_not_matter(audio, data):
    sent = b"kgnd:key\r\n" + HEADERS + audio
    cuts = data.draw(st.lists(st.integers(0, len(sent)), max_size=6))
    handshake = ShoutcastHandshake()
    events = []
    for start, end in pairwise([0, *sorted(cuts), len(sent)]):
        handshake.receive_data(sent[start:end])
        new = handshake.events_received()
        if any(isinstance(event, SourceRequested) for event in new):
            handshake.accept()
            new += handshake.events_received()
        events += new

    assert [type(event) for event in events[:2]] == [SourceRequested, SourceDescribed]
    assert heard(events) == audio


@given(st.lists(st.binary(max_size=30)))
def test_random_bytes_only_ever_raise_peer_errors(slices):
    with suppress(PeerError):
        handshake = ShoutcastHandshake()
        for data in slices:
            handshake.receive_data(data)
            if handshake.events_received() and not handshake.closing:
                with suppress(UsageError):
                    handshake.accept()
