from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from groundwave.wire.errors import PeerError, UsageError
from groundwave.wire.sse import (
    LARGEST_EVENT,
    EventStreamReader,
    ServerSentEvent,
    retry,
)


COMMENT = b": still here\n\n"
NOW_PLAYING = ServerSentEvent(id="42", event="now-playing", data='{"title":"Tide"}')

# What fits a field; ids and names may begin with a space, which must survive.
words = st.text(st.characters(exclude_characters="\r\n\0", codec="utf-8"), max_size=20)
texts = st.text(st.characters(exclude_characters="\r", codec="utf-8"), max_size=60)
events = st.builds(ServerSentEvent, id=words.filter(bool), event=words, data=texts)


def read(*pieces: bytes) -> list[ServerSentEvent]:
    reader = EventStreamReader()
    return [event for piece in pieces for event in reader.receive_data(piece)]


def test_an_event_is_its_fields_and_an_empty_line() -> None:
    assert NOW_PLAYING.encode() == (
        b'id: 42\nevent: now-playing\ndata: {"title":"Tide"}\n\n'
    )


def test_fields_without_a_value_are_left_out_but_data_never_is() -> None:
    assert ServerSentEvent().encode() == b"data: \n\n"


def test_data_of_several_lines_is_sent_line_by_line() -> None:
    event = ServerSentEvent(data="one\r\ntwo\rthree\n")

    assert event.encode() == b"data: one\ndata: two\ndata: three\ndata: \n\n"
    assert read(event.encode()) == [ServerSentEvent(data="one\ntwo\nthree\n")]


def test_a_line_separator_that_is_none_in_this_format_stays_in_its_line() -> None:
    event = ServerSentEvent(data="one\u2028two\x85three")

    assert read(event.encode()) == [event]


def test_what_utf8_cannot_carry_becomes_a_question_mark() -> None:
    assert ServerSentEvent(data="Ti\udcffde").encode() == b"data: Ti?de\n\n"


@pytest.mark.parametrize("hostile", ["1\ndata: forged", "1\r", "1\0"])
def test_an_id_or_name_cannot_smuggle_in_another_field(hostile: str) -> None:
    with pytest.raises(UsageError, match="id"):
        ServerSentEvent(id=hostile).encode()
    with pytest.raises(UsageError, match="event"):
        ServerSentEvent(event=hostile).encode()


@given(st.lists(events, max_size=4), st.lists(st.integers(0, 200), max_size=8))
def test_what_was_written_is_read_however_it_was_cut(
    sent: list[ServerSentEvent], cuts: list[int]
) -> None:
    stream = COMMENT.join([b"", *(event.encode() for event in sent)])
    places = sorted(min(cut, len(stream)) for cut in cuts)
    pieces = [stream[a:b] for a, b in pairwise([0, *places, len(stream)])]

    assert read(*pieces) == sent


@pytest.mark.parametrize("line_end", [b"\n", b"\r", b"\r\n"])
def test_any_line_end_is_read_even_cut_in_two(line_end: bytes) -> None:
    stream = NOW_PLAYING.encode().replace(b"\n", line_end)

    assert read(stream) == [NOW_PLAYING]
    assert read(*(bytes([byte]) for byte in stream)) == [NOW_PLAYING]


def test_a_byte_order_mark_and_unknown_fields_are_passed_over() -> None:
    assert read(b"\xef\xbb\xbfdata:x\nmood: good\ndata\n\n") == [
        ServerSentEvent(data="x\n")
    ]


def test_an_event_without_data_is_none() -> None:
    assert read(COMMENT, b"event: lonely\n\n", b"data: x\n\n") == [
        ServerSentEvent(data="x")
    ]


def test_the_id_to_resume_from_is_that_of_the_last_whole_event() -> None:
    reader = EventStreamReader()
    reader.receive_data(b"id: 1\ndata: whole\n\nid: 2\ndata: cut off\n")

    assert reader.last_event_id == "1"
    reader.receive_data(b"\nid: no\0good\n\n")
    assert reader.last_event_id == "2"


def test_an_event_without_an_id_keeps_the_last_one() -> None:
    assert read(b"id: 7\ndata: a\n\ndata: b\n\n") == [
        ServerSentEvent(id="7", data="a"),
        ServerSentEvent(id="7", data="b"),
    ]


def test_the_server_may_ask_for_patience() -> None:
    reader = EventStreamReader()
    reader.receive_data(retry(2500) + b"retry: soon\n\n")

    assert reader.retry_ms == 2500
    with pytest.raises(UsageError):
        retry(-1)


@pytest.mark.parametrize("endless", [b"x" * 65536, b"data: " + b"x" * 999 + b"\n"])
def test_an_event_that_never_ends_is_refused(endless: bytes) -> None:
    with pytest.raises(PeerError, match="never ends"):
        read(*[endless] * (LARGEST_EVENT // len(endless) + 9))


@given(st.binary(max_size=500))
def test_random_bytes_are_survived(data: bytes) -> None:
    read(data)
