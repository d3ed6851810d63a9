from __future__ import annotations

import pytest

from groundwave.delivery.ranges import PIECE_BYTES, NotThere, piece


TOTAL = 5 * PIECE_BYTES


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("bytes=0-0", range(1)),
        ("bytes=10-19", range(10, 20)),
        (f"bytes={TOTAL - 4}-", range(TOTAL - 4, TOTAL)),
        ("bytes=-4", range(TOTAL - 4, TOTAL)),
        (f"bytes={TOTAL - 4}-{2 * TOTAL}", range(TOTAL - 4, TOTAL)),
        ("bytes=0-", range(PIECE_BYTES)),
        (f"bytes=-{2 * TOTAL}", range(PIECE_BYTES)),
    ],
)
def test_a_piece_is_what_was_asked_for_or_its_beginning(asked, given):
    assert piece(asked, TOTAL) == given


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "bytes=",
        "bytes=-",
        "bytes=4-2",
        "bytes=0-1,4-5",
        "pages=1-2",
        "bytes=a-b",
        "bytes=٤-",
        f"bytes={'9' * 5000}-",
        f"bytes=0-{'9' * 5000}",
        f"bytes=-{'9' * 5000}",
    ],
)
def test_what_is_no_single_range_of_bytes_is_ignored(asked):
    assert piece(asked, TOTAL) is None


@pytest.mark.parametrize("asked", [f"bytes={TOTAL}-", "bytes=-0"])
def test_what_lies_behind_the_end_is_not_there(asked):
    with pytest.raises(NotThere):
        piece(asked, TOTAL)


def test_nothing_is_in_an_empty_file():
    with pytest.raises(NotThere):
        piece("bytes=0-", 0)


def test_pieces_make_up_the_whole_file():
    at, pieces = 0, []
    while at < TOTAL:
        pieces.append(piece(f"bytes={at}-", TOTAL))
        at = pieces[-1].stop

    assert [number for each in pieces for number in (each.start, each.stop)][::2] == [
        n * PIECE_BYTES for n in range(5)
    ]
