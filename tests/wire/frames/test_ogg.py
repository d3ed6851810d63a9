from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from groundwave.wire.errors import PeerError
from groundwave.wire.frames.ogg import (
    MOST_BROKEN_PAGES,
    OggPage,
    OggPages,
    checksum,
    ogg_codec,
)


VECTORS = Path(__file__).parents[2] / "vectors" / "frames"
OPUS = (VECTORS / "opus.ogg").read_bytes()
VORBIS = (VECTORS / "vorbis.ogg").read_bytes()
FLAC = (VECTORS / "flac.ogg").read_bytes()


def pages_of(*pieces: bytes) -> list[OggPage]:
    pages = OggPages()
    return [page for piece in pieces for page in pages.receive_data(piece)]


def joined(pages: list[OggPage]) -> bytes:
    return b"".join(page.data for page in pages)


def made(body: bytes = b"", *, flags: int = 0, lacing: bytes | None = None) -> bytes:
    lacing = bytes([len(body)]) if lacing is None else lacing
    header = b"OggS\x00" + bytes([flags]) + bytes(16 + 4) + bytes([len(lacing)])
    page = header + lacing + body
    return page[:22] + checksum(page) + page[26:]


@pytest.mark.parametrize(
    ("stream", "codec"), [(OPUS, "opus"), (VORBIS, "vorbis"), (FLAC, "flac")]
)
def test_a_file_is_its_pages_and_the_first_names_the_codec(
    stream: bytes, codec: str
) -> None:
    pages = pages_of(stream)

    assert joined(pages) == stream
    assert ogg_codec(pages[0]) == codec
    assert [page.begins for page in pages] == [True] + [False] * (len(pages) - 1)
    assert pages[-1].ends
    assert [page.sequence for page in pages] == list(range(len(pages)))
    assert len({page.serial for page in pages}) == 1


def test_a_page_says_where_the_codec_is() -> None:
    last = pages_of(OPUS)[-1]

    assert last.granule == pytest.approx(48000, abs=960)
    assert not last.continued


def test_a_page_in_which_no_packet_ends_has_no_position() -> None:
    page = bytearray(made(b"x" * 255, flags=1, lacing=b"\xff"))
    page[6:14] = b"\xff" * 8
    page[22:26] = checksum(bytes(page))

    assert [(p.granule, p.continued) for p in pages_of(bytes(page))] == [(-1, True)]


@pytest.mark.parametrize(
    ("body", "flags"),
    [(b"OpusHead", 0), (b"\x80theora", 2), (b"", 2)],
)
def test_what_no_first_page_of_ours_carries_has_no_codec(
    body: bytes, flags: int
) -> None:
    assert ogg_codec(pages_of(made(body, flags=flags))[0]) is None


@given(
    stream=st.sampled_from([OPUS, VORBIS + OPUS, b"front" + FLAC + b"Ogg" + OPUS]),
    cuts=st.lists(st.integers(0, len(VORBIS)), max_size=12),
)
def test_how_the_network_slices_bytes_does_not_matter(
    stream: bytes, cuts: list[int]
) -> None:
    pieces = [stream[a:b] for a, b in pairwise([0, *sorted(cuts), len(stream)])]

    assert pages_of(*pieces) == pages_of(stream)


def test_bytes_may_come_one_at_a_time() -> None:
    noisy = b"OgOggOggS" + FLAC + b"OggOO" + FLAC

    assert joined(pages_of(*(bytes([byte]) for byte in noisy))) == FLAC + FLAC


def test_a_chained_stream_goes_on_with_another_serial() -> None:
    pages = pages_of(OPUS + VORBIS)
    starts = [page for page in pages if page.begins]

    assert [ogg_codec(page) for page in starts] == ["opus", "vorbis"]
    assert len({page.serial for page in starts}) == 2


@given(garbage=st.binary(max_size=200), at=st.integers(0, len(FLAC)))
def test_garbage_costs_only_the_page_it_hits(garbage: bytes, at: int) -> None:
    # A damaged header may announce up to 64 KiB, which have to come before it is
    # found out.
    stream = FLAC[:at] + garbage + FLAC[at:] + FLAC + bytes(66000)
    pages = OggPages()
    heard = pages.receive_data(stream)

    assert set(pages_of(FLAC)) == set(heard)
    assert len(heard) >= 2 * len(pages_of(FLAC)) - 1
    assert len(joined(heard)) + pages.skipped_bytes == len(stream)


@given(place=st.integers(0, len(FLAC) - 1), bit=st.integers(0, 7))
def test_a_flipped_bit_is_noticed(place: int, bit: int) -> None:
    flipped = bytearray(FLAC)
    flipped[place] ^= 1 << bit
    intact = pages_of(FLAC)

    heard = pages_of(bytes(flipped) + FLAC + bytes(66000))

    assert len(heard) == 2 * len(intact) - 1
    assert set(heard) == set(intact)


def test_another_version_of_ogg_is_passed_over() -> None:
    pages = OggPages()

    assert joined(pages.receive_data(b"OggS\x01" + bytes(30) + FLAC)) == FLAC
    assert pages.skipped_bytes == 35


def test_a_stream_of_broken_pages_is_refused_in_a_sentence() -> None:
    broken = bytearray(made(b"sound"))
    broken[-1] ^= 1
    pages = OggPages()
    pages.receive_data(bytes(broken) * MOST_BROKEN_PAGES + FLAC)  # forgiven

    with pytest.raises(PeerError, match="Restart the encoder"):
        pages.receive_data(bytes(broken) * (MOST_BROKEN_PAGES + 2))


@given(st.binary(max_size=4096))
def test_random_bytes_are_never_heard_or_kept(data: bytes) -> None:
    pages = OggPages()

    assert pages.receive_data(data) == []
    assert len(pages._rest) <= 65307
