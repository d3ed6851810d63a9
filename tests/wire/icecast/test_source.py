from __future__ import annotations

from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from groundwave.wire.errors import PeerError, UsageError
from groundwave.wire.http.head import Credentials, RequestReader, ResponseReader
from groundwave.wire.icecast.handshake import MAX_EARLY_BYTES
from groundwave.wire.icecast.refusals import mount_taken, wrong_key
from groundwave.wire.icecast.source import (
    AudioReceived,
    SourceEnded,
    SourceHandshake,
    SourceRequested,
    StreamDescription,
    is_source_request,
)


KEY = b"Authorization: Basic c291cmNlOmtleQ==\r\n"
SOURCE = b"SOURCE /kgnd HTTP/1.0\r\n" + KEY + b"\r\n"
PUT = b"PUT /kgnd HTTP/1.1\r\n" + KEY + b"Expect: 100-Continue\r\n\r\n"
PUT_AT_ONCE = b"PUT /kgnd HTTP/1.1\r\n" + KEY + b"\r\n"
CHUNKED = PUT[:-2] + b"Transfer-Encoding: Chunked\r\n\r\n"
POKE = b"SOURCE /kgnd HTTP/1.0\r\nContent-Length: 0\r\nConnection: Keep-Alive\r\n\r\n"


def head_of(request):
    reader = RequestReader()
    reader.receive_data(request)
    assert reader.head
    return reader.head, reader.leftover


def asking(request):
    """Return a handshake whose request has been read."""
    handshake = SourceHandshake(*head_of(request))
    assert isinstance(handshake.events_received()[0], SourceRequested)
    return handshake


def on_air(request):
    handshake = asking(request)
    handshake.accept()
    handshake.data_to_send()
    return handshake


def answer(handshake):
    reader = ResponseReader()
    reader.receive_data(handshake.data_to_send())
    assert reader.head
    return reader.head, reader.leftover


def heard(events):
    return b"".join(event.data for event in events if isinstance(event, AudioReceived))


@pytest.mark.parametrize(
    ("method", "is_source"),
    [("SOURCE", True), ("PUT", True), ("GET", False), ("POST", False)],
)
def test_source_and_put_ask_to_send_a_stream(method, is_source):
    head, _ = head_of(f"{method} /x HTTP/1.1\r\n\r\n".encode())

    assert is_source_request(head) is is_source


def test_a_listener_is_not_a_source():
    with pytest.raises(UsageError):
        SourceHandshake(*head_of(b"GET /kgnd HTTP/1.1\r\n\r\n"))


def test_the_request_says_who_wants_to_send_what_where():
    request = (
        b"SOURCE kgnd ICE/1.0\r\n" + KEY + b"ice-name: Odetta\r\nUser-Agent: x\r\n\r\n"
    )
    handshake = SourceHandshake(*head_of(request))

    assert handshake.events_received() == [
        SourceRequested(
            "/kgnd",
            Credentials("source", "key"),
            StreamDescription(name="Odetta", agent="x"),
            "SOURCE ICE/1.0",
        )
    ]
    assert handshake.events_received() == []


@pytest.mark.parametrize(
    ("request_", "welcome"),
    [
        (SOURCE, b"HTTP/1.0 200 OK\r\n\r\n"),
        (PUT, b"HTTP/1.1 100 Continue\r\n\r\n"),
        (PUT.replace(b"HTTP/1.1", b"HTTP/1.0"), b"HTTP/1.1 100 Continue\r\n\r\n"),
        (CHUNKED, b"HTTP/1.1 100 Continue\r\n\r\n"),
        (PUT_AT_ONCE, b""),
    ],
)
def test_each_kind_of_source_is_welcomed_as_it_expects(request_, welcome):
    handshake = asking(request_)
    assert handshake.data_to_send() == b""

    handshake.accept()

    assert handshake.data_to_send() == welcome
    assert handshake.data_to_send() == b""
    assert not handshake.closing


@pytest.mark.parametrize("request_", [SOURCE, PUT, PUT_AT_ONCE])
def test_no_audio_is_heard_before_the_source_is_accepted(request_):
    handshake = asking(request_ + b"early ")
    handshake.receive_data(b"bird")
    assert handshake.events_received() == []

    handshake.accept()

    assert heard(handshake.events_received()) == b"early bird"
    handshake.receive_data(b"sings")
    assert handshake.events_received() == [AudioReceived(b"sings")]


def test_a_content_length_does_not_end_a_stream():
    handshake = on_air(SOURCE[:-2] + b"Content-Length: 3\r\n\r\n")
    handshake.receive_data(b"audio")

    assert handshake.events_received() == [AudioReceived(b"audio")]


def test_a_source_may_send_a_little_early_but_not_much():
    handshake = asking(SOURCE)
    handshake.receive_data(bytes(MAX_EARLY_BYTES))

    with pytest.raises(PeerError) as caught:
        handshake.receive_data(b"x")
    assert caught.value.status == 413


@pytest.mark.parametrize(
    ("request_", "last_word"),
    [
        (SOURCE, b""),
        (PUT, b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
    ],
)
def test_a_source_ends_when_its_connection_does(request_, last_word):
    handshake = on_air(request_)
    handshake.receive_eof()
    handshake.receive_eof()

    assert handshake.events_received() == [SourceEnded()]
    assert handshake.data_to_send() == last_word
    assert handshake.closing


def test_a_source_that_left_before_it_was_accepted_is_heard_and_ended():
    handshake = asking(SOURCE + b"audio")
    handshake.receive_eof()
    assert handshake.events_received() == []

    handshake.accept()

    assert handshake.events_received() == [AudioReceived(b"audio"), SourceEnded()]


def test_a_chunked_source_ends_with_its_last_chunk():
    handshake = on_air(CHUNKED + b"5\r\nau")
    handshake.receive_data(b"dio\r\n0\r\n\r\nnext")
    events = handshake.events_received()

    assert heard(events) == b"audio"
    assert events[-1] == SourceEnded()
    assert handshake.data_to_send().startswith(b"HTTP/1.1 200 OK\r\n")
    handshake.receive_data(b"dropped")
    handshake.receive_eof()
    assert handshake.events_received() == []


def test_a_chunked_source_that_ended_before_it_was_accepted_ends_once():
    handshake = asking(CHUNKED + b"5\r\naudio\r\n0\r\n\r\n")
    handshake.receive_eof()
    handshake.accept()

    assert handshake.events_received() == [AudioReceived(b"audio"), SourceEnded()]


def test_a_chunked_source_may_be_cut_off():
    handshake = on_air(CHUNKED + b"5\r\nau")
    handshake.receive_eof()

    assert handshake.events_received() == [AudioReceived(b"au"), SourceEnded()]


def test_chunks_that_are_none_are_refused_when_they_are_read():
    handshake = asking(CHUNKED + b"not chunks\r\n")

    with pytest.raises(PeerError):
        handshake.accept()


def test_other_codings_are_refused_by_name():
    request = PUT[:-2] + b"Transfer-Encoding: gzip, chunked\r\n\r\n"

    with pytest.raises(PeerError) as caught:
        SourceHandshake(*head_of(request))
    assert caught.value.status == 501


def test_identity_is_no_coding():
    request = PUT[:-2] + b"Transfer-Encoding: identity\r\n\r\n5\r\n"

    assert heard(on_air(request).events_received()) == b"5\r\n"


@pytest.mark.parametrize(
    ("request_", "version"),
    [(SOURCE, "HTTP/1.0"), (PUT, "HTTP/1.1"), (CHUNKED, "HTTP/1.1")],
)
def test_a_refusal_is_the_first_and_only_answer(request_, version):
    handshake = asking(request_ + b"early")
    handshake.refuse(mount_taken("/kgnd"))
    head, body = answer(handshake)

    assert (head.version, head.status, head.reason) == (
        version,
        403,
        "Mountpoint in use",
    )
    assert head.headers.get("connection") == "close"
    assert head.headers.get("content-length") == str(len(body))
    assert body.decode().strip() == mount_taken("/kgnd").sentence
    assert handshake.closing
    handshake.receive_data(b"audio all the same")
    handshake.receive_eof()
    assert handshake.events_received() == []


def test_a_wrong_key_is_told_how_to_log_in():
    handshake = asking(SOURCE)
    handshake.refuse(wrong_key())

    assert (
        answer(handshake)[0].headers.get("www-authenticate").startswith("Basic realm")
    )


def test_a_poke_learns_what_the_server_can_do_and_stays():
    handshake = SourceHandshake(*head_of(POKE))
    (asked,) = handshake.events_received()
    assert isinstance(asked, SourceRequested)
    assert asked.credentials is None

    handshake.challenge()
    head, _ = answer(handshake)

    assert head.status == 401
    assert head.headers.tokens("allow") >= {"put", "source"}
    assert head.headers.get("accept-encoding") == "identity"
    assert head.headers.get("connection") == "keep-alive"
    assert handshake.finished_poke
    assert not handshake.closing


def test_the_request_after_a_poke_is_left_over():
    handshake = asking(POKE + SOURCE[:9])
    assert handshake.leftover == b""
    handshake.challenge()
    handshake.receive_data(SOURCE[9:])

    assert head_of(handshake.leftover)[0].headers.get("authorization")


@pytest.mark.parametrize(
    "request_",
    [
        POKE.replace(b"Connection: Keep-Alive\r\n", b""),
        POKE.replace(b"Content-Length: 0\r\n", b""),
        POKE.replace(b"Length: 0", b"Length: 10"),
    ],
)
def test_a_request_that_may_have_a_body_is_challenged_and_closed(request_):
    handshake = asking(request_)
    handshake.challenge()

    assert answer(handshake)[0].headers.get("connection") == "close"
    assert handshake.closing
    assert not handshake.finished_poke
    assert handshake.leftover == b""


@pytest.mark.parametrize("verdict", ["accept", "challenge", "refuse"])
@pytest.mark.parametrize("again", ["accept", "challenge", "refuse"])
def test_one_verdict_is_enough(verdict, again):
    handshake = asking(SOURCE)
    verdicts = {
        "accept": handshake.accept,
        "challenge": handshake.challenge,
        "refuse": lambda: handshake.refuse(wrong_key()),
    }
    verdicts[verdict]()

    with pytest.raises(UsageError):
        verdicts[again]()


@given(st.sampled_from([SOURCE, PUT, PUT_AT_ONCE]), st.binary(max_size=99), st.data())
def test_how_the_network_slices_a_stream_does_not_matter(request_, audio, data):
    cuts = data.draw(st.lists(st.integers(0, len(audio)), max_size=6))
    verdict_at = data.draw(st.integers(0, len(cuts)))
    handshake = asking(request_)
    for number, (start, end) in enumerate(pairwise([0, *sorted(cuts), len(audio)])):
        if number == verdict_at:
            handshake.accept()
        handshake.receive_data(audio[start:end])
    handshake.receive_eof()
    events = handshake.events_received()

    assert heard(events) == audio
    assert events[-1] == SourceEnded()
    assert AudioReceived(b"") not in events


@given(st.sampled_from([SOURCE, PUT, CHUNKED, POKE]), st.lists(st.binary(max_size=30)))
def test_random_bytes_only_ever_raise_peer_errors(request_, slices):
    handshake = asking(request_)
    with suppress(PeerError):
        handshake.accept()
        for data in slices:
            handshake.receive_data(data)
