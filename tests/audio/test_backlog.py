from __future__ import annotations

from hypothesis import given, strategies as st

from groundwave.audio.backlog import Backlog


def kept(backlog: Backlog) -> bytes:
    return b"".join(backlog.chunks())


@given(st.lists(st.binary(max_size=9)), st.lists(st.integers(0, 100), max_size=5))
def test_what_is_kept_is_always_the_stream_from_start_to_end(chunks, positions):
    backlog, stream = Backlog(10, 1000), b"".join(chunks)

    for chunk in chunks:
        backlog.add(chunk, now=0.0)
    for position in sorted(positions):
        backlog.forget_until(position)

    assert kept(backlog) == stream[backlog.start : backlog.end]
    assert backlog.end == len(stream)
    assert backlog.start == min(len(stream), max(positions, default=0))


def test_bytes_grow_too_old_to_be_worth_keeping():
    backlog = Backlog(keep_seconds=10, keep_bytes=1000)

    backlog.add(b"old", now=0.0)
    backlog.add(b"young", now=5.0)
    backlog.add(b"new", now=10.1)

    assert kept(backlog) == b"youngnew"


def test_no_source_is_so_fast_that_its_bytes_pile_up():
    backlog = Backlog(keep_seconds=10, keep_bytes=4)

    for byte in b"abcdef":
        backlog.add(bytes([byte]), now=0.0)

    assert kept(backlog) == b"cdef"


def test_what_is_forgotten_cannot_be_forgotten_again():
    backlog = Backlog(10, 1000)
    backlog.add(b"abcdef", now=0.0)

    backlog.forget_until(4)
    backlog.forget_until(2)

    assert (backlog.start, kept(backlog)) == (4, b"ef")
