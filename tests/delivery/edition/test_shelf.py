from __future__ import annotations

import pytest

from groundwave.delivery.edition.answer import AROUND_BYTES, made
from groundwave.delivery.edition.shelf import Kept, Shelf


BODY = 1000
ONE = BODY + AROUND_BYTES
ROOM = 80 * ONE


def key(path, query=""):
    return ("http", "kgnd.example", path, query)


def answer(edition=1, *, size=BODY, seconds=60, status="200 OK"):
    sound = [("Content-Type", "audio/mpegurl")]
    return Kept(made(status, sound, b"x" * size, seconds=seconds), edition, 0)


@pytest.fixture
def shelf():
    shelf = Shelf(ROOM)
    shelf.find(key("/"), 1, 0)
    return shelf


def test_what_was_kept_is_found_until_it_is_too_old(shelf):
    shelf.put(key("/"), kept := answer(seconds=60))

    assert shelf.find(key("/"), 1, 59.9) is kept
    assert shelf.find(key("/"), 1, 60) is None


def test_another_edition_finds_nothing_and_leaves_nothing(shelf):
    shelf.put(key("/"), answer())

    assert shelf.find(key("/"), 2, 0) is None
    assert shelf.figures().kept_bytes == 0


def test_what_was_begun_in_an_earlier_edition_is_not_kept(shelf):
    shelf.find(key("/"), 2, 0)
    shelf.put(key("/"), answer(edition=1))

    assert shelf.find(key("/"), 2, 0) is None


def test_who_asks_late_in_an_old_edition_finds_nothing_of_the_new_one(shelf):
    shelf.find(key("/"), 2, 0)
    shelf.put(key("/"), answer(edition=2))

    assert shelf.find(key("/"), 1, 0) is None


def test_it_never_takes_more_than_its_room(shelf):
    for number in range(500):
        shelf.put(key(f"/{number}"), answer())
        shelf.put(key("/", f"x={number}"), answer())

    figures = shelf.figures()
    assert figures.kept_bytes <= ROOM
    assert figures.kept == figures.kept_bytes // ONE > 60


def test_what_is_read_stays_and_what_nobody_reads_goes(shelf):
    shelf.put(key("/read"), answer())
    for number in range(500):
        shelf.put(key(f"/{number}"), answer())
        assert shelf.find(key("/read"), 1, 0)

    assert shelf.find(key("/0"), 1, 0) is None


def test_made_up_queries_push_out_no_page_even_if_nobody_reads_it_meanwhile(shelf):
    shelf.put(key("/about/"), answer())
    for number in range(5000):
        shelf.put(key("/", f"x={number}"), answer())

    assert shelf.find(key("/about/"), 1, 0)


def test_made_up_addresses_push_out_no_page(shelf):
    shelf.put(key("/about/"), answer())
    for number in range(5000):
        shelf.put(key(f"/nowhere/{number}"), answer(status="404 Not Found"))

    assert shelf.find(key("/about/"), 1, 0)


def test_an_answer_as_large_as_the_shelf_is_not_kept(shelf):
    shelf.put(key("/about/"), answer())
    shelf.put(key("/all"), answer(size=ROOM // 2))

    assert shelf.find(key("/all"), 1, 0) is None
    assert shelf.find(key("/about/"), 1, 0)


def test_a_page_that_goes_and_comes_back_is_counted_once(shelf):
    shelf.put(key("/a"), answer())
    shelf.put(key("/a"), answer(status="404 Not Found"))
    shelf.put(key("/a"), answer())

    assert shelf.figures().kept_bytes == ONE


def test_it_says_how_it_does(shelf):
    shelf.put(key("/"), answer())
    shelf.find(key("/"), 1, 0)

    figures = shelf.figures()
    assert (figures.hits, figures.misses, figures.kept) == (1, 1, 1)
