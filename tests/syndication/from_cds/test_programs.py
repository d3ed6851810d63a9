"""A block of anybody's HTML is looked at, and not for long."""

from __future__ import annotations

import pytest

from groundwave.syndication.from_cds.programs import is_at, read_program


def test_a_block_tells_where_it_leads():
    program = read_program(
        """<A class="x" HREF=" https://a.example/?b=1&amp;c ">A</A><a>D</a>
        <a href="https://a.example/?b=1&amp;c">A</a><a data-href="no"></a>
        <iframe width=1 src='b'></iframe><blockquote\ncite = c></blockquote>
        <script src="no"></script><abbr href="no">"""
    )

    assert program.urls == ("https://a.example/?b=1&c", "b", "c")
    assert not program.has_pictures


def test_a_block_tells_that_it_has_pictures():
    assert read_program("A<IMG>").has_pictures
    assert not read_program("A<image>").has_pictures


@pytest.mark.parametrize(
    ("url", "is_there"),
    [
        ("https://x.com/a", True),
        ("https://X.com/a", True),
        ("http://x.com/a", False),
        ("https://x.com:8443/a", False),
        ("https://me@x.com/a", False),
        ("https://x.com.evil.example/", False),
        ("//x.com/a", False),
        ("https://[x.com/", False),
        ("javascript:https://x.com/", False),
    ],
)
def test_only_the_exact_place_over_https_is_that_place(url, is_there):
    assert is_at(url, {"x.com"}) == is_there


@pytest.mark.parametrize(
    "part",
    [
        "<!--",
        "<![",
        "<a ",
        "<a href",
        "<a href='",
        " href",
        "</",
        "&",
        "<a href= ",
        " ",
    ],
)
def test_a_hostile_block_takes_no_time(part):
    program = read_program("<a" + part * 200_000)

    assert len(program.urls) <= 200_000
