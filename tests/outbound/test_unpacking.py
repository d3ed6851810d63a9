from __future__ import annotations

import zlib
from functools import partial

import brotli
import pytest
from hypothesis import given, settings, strategies as st

from groundwave.outbound.unpacking import Damaged, unpacker_of


def deflated(data: bytes, window: int) -> bytes:
    packer = zlib.compressobj(wbits=window)
    return packer.compress(data) + packer.flush()


PACKERS = {
    "gzip": lambda data: deflated(data, zlib.MAX_WBITS | 16),
    "x-gzip": lambda data: deflated(data, zlib.MAX_WBITS | 16),
    "deflate": lambda data: deflated(data, zlib.MAX_WBITS),
    "br": partial(brotli.compress, quality=1),
}
ROOM = 100_000
# Brotli's memory grows in steps, and all of a step is given.
MOST = 4 * ROOM


def unpacked(coding, pieces):
    unpacker = unpacker_of(coding)
    found = b"".join([unpacker.unpack(each, ROOM) for each in pieces])
    return found, unpacker.is_complete


@pytest.mark.parametrize("coding", PACKERS)
@settings(deadline=None)
@given(data=st.binary(max_size=2000), cut=st.integers(0, 2000))
def test_how_the_network_slices_what_is_packed_does_not_matter(coding, data, cut):
    packed = PACKERS[coding](data)

    assert unpacked(coding, [packed[:cut], packed[cut:]]) == (data, True)


@settings(deadline=None)
@given(data=st.binary(max_size=2000))
def test_deflate_without_its_head_is_unpacked_too(data):
    assert unpacked("deflate", [deflated(data, -zlib.MAX_WBITS)]) == (data, True)


@pytest.mark.parametrize("coding", PACKERS)
def test_what_is_missing_is_noticed(coding):
    packed = PACKERS[coding](b"The ferry runs again. " * 50)

    assert not unpacked(coding, [packed[:-6]])[1]


@pytest.mark.parametrize("coding", PACKERS)
def test_of_a_bomb_no_more_is_made_than_there_is_room_for(coding):
    bomb = PACKERS[coding](bytes(50_000_000))

    found = unpacker_of(coding).unpack(bomb, ROOM)

    assert ROOM < len(found) < MOST


@pytest.mark.parametrize("coding", PACKERS)
@settings(deadline=None)
@given(data=st.binary(min_size=1))
def test_anything_is_unpacked_or_damaged(coding, data):
    try:
        found, _ = unpacked(coding, [data])
    except Damaged:
        return
    assert len(found) < MOST


@pytest.mark.parametrize("coding", ["", "identity", "Identity"])
def test_what_is_not_packed_is_left_alone(coding):
    assert unpacked(coding, [b"as it is"]) == (b"as it is", True)


@pytest.mark.parametrize("coding", ["zstd", "gzip, gzip", "compress", "\0"])
def test_what_nobody_can_unpack_is_known_as_that(coding):
    assert unpacker_of(coding) is None
