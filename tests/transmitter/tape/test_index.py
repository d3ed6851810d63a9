from __future__ import annotations

import zlib

from hypothesis import given, settings, strategies as st

from groundwave.transmitter.tape import index
from groundwave.transmitter.tape.index import Entry, Piece
from groundwave.transmitter.tape.segment import Segment
from groundwave.transmitter.tape.title import Title


segments = st.builds(
    Segment,
    sequence=st.integers(0, 2**53),
    start=st.integers(0, 4 * 10**15).map(lambda us: round(us / 1e6, 6)),
    duration=st.floats(0.001, 5.5),
    discontinuity=st.booleans(),
    discontinuities=st.integers(0, 2**31),
    init=st.text("0123456789abcdef", min_size=1, max_size=12),
    titles=st.lists(
        st.builds(
            Title,
            at=st.integers(0, 4 * 10**12).map(lambda ms: ms / 1000),
            text=st.text(max_size=20),
        ),
        max_size=2,
    ).map(tuple),
)
pieces = st.builds(
    Piece,
    offset=st.integers(0, 2**40),
    size=st.integers(0, 2**20),
    crc=st.integers(0, 2**32 - 1),
)
entries = st.builds(
    Entry,
    segment=segments,
    pieces=st.dictionaries(st.sampled_from(["high", "low"]), pieces),
)


def written(kept):
    return b"".join(map(index.line, kept))


@settings(deadline=None)
@given(kept=st.lists(entries, max_size=5))
def test_what_was_written_is_read_back(kept):
    data = written(kept)

    assert [entry for entry, _ in index.read(data)] == kept
    assert [end for _, end in index.read(data)][-1:] == [len(data)][: len(kept)]


@settings(deadline=None)
@given(kept=st.lists(entries, min_size=1, max_size=3))
def test_a_line_torn_at_any_byte_is_not_there(kept):
    """And those before it are; the end of the last good one is where to go on."""
    *before, torn = map(index.line, kept)
    good = b"".join(before)
    for length in range(len(torn)):
        read = list(index.read(good + torn[:length]))

        assert [entry for entry, _ in read] == kept[:-1]
        assert [end for _, end in read][-1:] == [len(good)][: len(before)]


@settings(deadline=None)
@given(
    kept=st.lists(entries, min_size=3, max_size=3),
    place=st.integers(0),
    bit=st.integers(0, 7),
)
def test_a_rotten_line_takes_no_other_with_it(kept, place, bit):
    lines = list(map(index.line, kept))
    rotten = bytearray(lines[1])
    rotten[place % len(rotten)] ^= 1 << bit
    found = [entry for entry, _ in index.read(lines[0] + rotten + lines[2])]

    # A broken line feed joins two lines, so that both are gone.
    assert found in ([kept[0], kept[2]], [kept[0]])


@settings(deadline=None)
@given(data=st.binary(max_size=300))
def test_what_is_no_index_has_no_entries(data):
    assert not list(index.read(data))


def test_a_line_from_another_version_is_passed_over():
    strange = b'{"segment":"as it may be one day"}'
    line = b"%08x %s\n" % (zlib.crc32(strange), strange)

    assert not list(index.read(line))


def test_fields_added_later_are_ignored():
    entry = Entry(Segment(7, 1.5, 4.992, False, 1, "ab"), {"high": Piece(0, 10, 1)})
    body = index.line(entry)[9:-1].replace(b'"sequence"', b'"mood":"blue","sequence"')
    line = b"%08x %s\n" % (zlib.crc32(body), body)

    assert [found for found, _ in index.read(line)] == [entry]


def test_a_line_from_before_titles_were_kept_has_none():
    entry = Entry(Segment(7, 1.5, 4.992, False, 1, "ab"), {"high": Piece(0, 10, 1)})
    line = index.line(entry)

    assert b"titles" not in line
    assert [found.segment.titles for found, _ in index.read(line)] == [()]
