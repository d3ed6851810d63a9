from __future__ import annotations

from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from groundwave.wire.errors import PeerError
from groundwave.wire.http.chunked import ChunkedReader


BODY = b"5\r\nhello\r\n7;name=value\r\n, world\r\n0\r\nTrailer: x\r\n\r\n"


def chunk(data):
    return b"%x\r\n%b\r\n" % (len(data), data)


@given(st.lists(st.binary(min_size=1), max_size=5), st.binary(max_size=9), st.data())
def test_how_the_network_slices_the_body_does_not_matter(chunks, after, data):
    sent = b"".join(map(chunk, chunks)) + b"0\r\n\r\n" + after
    cuts = data.draw(st.lists(st.integers(0, len(sent)), max_size=8))
    reader = ChunkedReader()
    body = b"".join(
        reader.receive_data(sent[start:end])
        for start, end in pairwise([0, *sorted(cuts), len(sent)])
    )

    assert body == b"".join(chunks)
    assert reader.ended
    assert reader.leftover == after


@given(st.lists(st.binary(max_size=20), max_size=5))
def test_random_bytes_only_ever_raise_peer_errors(slices):
    reader = ChunkedReader()
    with suppress(PeerError):
        for data in slices:
            reader.receive_data(data)


def test_extensions_and_trailers_are_not_part_of_the_body():
    reader = ChunkedReader()

    assert reader.receive_data(BODY) == b"hello, world"
    assert reader.ended


def test_an_unfinished_chunk_is_handed_out_at_once():
    reader = ChunkedReader()

    assert reader.receive_data(b"ffff\r\nabc") == b"abc"
    assert not reader.ended
    assert reader.leftover == b""


def test_a_lone_newline_ends_a_line():
    assert ChunkedReader().receive_data(b"3\nabc\n0\n\n") == b"abc"


@pytest.mark.parametrize(
    "data",
    [b"\r\n", b"-1\r\n", b"0x5\r\n", b"123456789\r\n", b"3\r\nabcd\r\n", b"g\r\n"],
)
def test_what_is_not_the_chunked_coding_is_refused(data):
    with pytest.raises(PeerError):
        ChunkedReader().receive_data(data)


def test_a_size_line_without_end_is_refused():
    reader = ChunkedReader()
    reader.receive_data(b"5;" + b"x" * 253)

    with pytest.raises(PeerError):
        reader.receive_data(b"x")


def test_trailers_without_end_are_refused():
    reader = ChunkedReader()
    reader.receive_data(b"0\r\n")

    reader.receive_data(b"A: 1234567\r\n" * 682)

    with pytest.raises(PeerError):
        reader.receive_data(b"A: 1234567\r\n")
