from __future__ import annotations

import io

import pytest

from groundwave.audio.errors import NotSound
from groundwave.audio.links import OggLink, ogg_links
from groundwave.audio.stream import LOST_AFTER_BYTES, READ_BYTES


def links_of(stream: bytes) -> list[bytes]:
    return [
        b"".join(iter(lambda link=link: link.read(1000), b""))
        for link in ogg_links(io.BytesIO(stream))
    ]


def read_to_its_end(link: OggLink) -> None:
    while link.read(1000):
        pass


def test_each_link_reads_like_a_file_of_its_own(sound):
    titles = [sound("opus", 1.0), sound("vorbis", 2.0), sound("oggflac", 1.0)]

    assert links_of(b"".join(titles)) == titles


def test_a_link_that_was_given_up_can_be_skipped(sound):
    titles = [sound("opus", 1.0), sound("vorbis", 1.0)]
    links = ogg_links(io.BytesIO(b"".join(titles)))

    read_to_its_end(next(links))

    assert b"".join(iter(lambda: next(links).read(100_000), b""))[:4] == b"OggS"


def test_tracks_that_begin_together_are_one_link(sound):
    """A link may hold several logical streams: all begin before any goes on."""
    first, second = sound("opus", 1.0), sound("vorbis", 1.0)
    both_begin = second[: second.index(b"OggS", 4)] + first

    assert links_of(both_begin) == [both_begin]


def test_a_chain_that_turns_to_something_else_is_over(sound):
    stream = sound("opus", 1.0) + sound("mp3", 10.0)
    links = ogg_links(io.BytesIO(stream))

    link = next(links)
    with pytest.raises(NotSound):
        read_to_its_end(link)
    with pytest.raises(NotSound):
        link.read(1000)


def test_a_link_that_begins_after_a_long_hole_is_not_lost_with_it(sound):
    """The bytes that end the hole may hold the next link's first page."""
    title = sound("opus", 1.0)
    hole = bytes(LOST_AFTER_BYTES + READ_BYTES - 500)

    assert links_of(hole + title) == [title]


def test_a_chain_that_is_joined_late_begins_with_its_next_link(sound):
    title = sound("opus", 1.0)
    second_page = title.index(b"OggS", 4)

    assert links_of(title[second_page:] + title) == [title]


def test_bytes_that_are_no_pages_are_passed_over(sound):
    title = sound("opus", 1.0)
    middle = title.index(b"OggS", len(title) // 2)

    assert links_of(title[:middle] + b"???" + title[middle:]) == [title]
