"""Each fault goes wrong as it says, on a real socket, and is over at the end of its block."""

from __future__ import annotations

import http.client
import re
import socket
import zlib
from contextlib import closing
from datetime import timedelta
from time import monotonic

import pytest

from equipment.network.faults import (
    CutOff,
    Dripping,
    EntityBomb,
    EntityThief,
    Flood,
    GzipBomb,
    HangUp,
    HtmlInstead,
    NoJson,
    Redirected,
    Refusing,
    Repeating,
    Slow,
    Unavailable,
)
from equipment.network.stories import story


MEGABYTE = 1_000_000


@pytest.fixture
def document(network):
    network.publish(story("far-1"))
    return "/v1/documents/far-1"


def _reading(network, target):
    """Ask, and return the answer unread."""
    line = http.client.HTTPConnection(network.url.removeprefix("http://"), timeout=10)
    line.request("GET", target, headers={"Authorization": f"Bearer {network.token}"})
    return line, line.getresponse()


def test_an_outage_ends_after_so_many_questions(network, ask, document):
    with network.suffering(Unavailable(times=2, retry_after=30)):
        answers = [ask(document) for _ in range(3)]

    assert [each.status for each in answers] == [503, 503, 200]
    assert answers[0].headers["retry-after"] == "30"


def test_a_network_refuses_what_it_would_have_taken(network, ask):
    network.admit("a key", prefix="salt")
    with network.suffering(Refusing("The tide is too low."), at="/v1/documents"):
        answer = ask(
            "/v1/documents/salt-1", method="PUT", token="a key", body=story("salt-1")
        )

    assert (answer.status, answer.messages) == (400, ["The tide is too low."])
    assert ask("/v1/documents/salt-1").status == 404


def test_a_fault_befalls_only_the_addresses_it_is_for(network, ask, document):
    with network.suffering(Unavailable(times=9), at="/pictures/"):
        assert ask(document).status == 200
        assert ask("/pictures/mast.jpg").status == 503

    assert ask("/pictures/mast.jpg").status == 200


def test_faults_go_on_top_of_each_other(network, ask, document):
    with (
        network.suffering(HtmlInstead(), at="/v1/"),
        network.suffering(Unavailable(times=1), at="/v1/"),
    ):
        assert ask(document).headers["content-type"] == "text/html"
        assert len(network.asked) == 1
    with network.suffering(Unavailable(times=1), HtmlInstead()):
        assert [ask(document).status for _ in range(2)] == [503, 200]


def test_a_slow_network_answers_when_the_block_is_over(network, ask, document):
    with network.suffering(Slow()), pytest.raises(TimeoutError):
        ask(document, timeout=0.2)

    assert ask(document).status == 200


def test_a_dripping_answer_is_never_late_and_never_done(network, document):
    with network.suffering(Dripping(seconds=0.01)):
        began = monotonic()
        line, answer = _reading(network, document)
        with closing(line), closing(answer):
            first = answer.read(20)

    assert first.startswith(b'{"resources"')
    assert monotonic() - began > 0.1


def test_a_dripping_answer_comes_whole_to_the_patient(network, ask, document):
    true = ask(document).body
    with network.suffering(Dripping(seconds=0)):
        assert ask(document).body == true


def test_a_network_hangs_up_without_a_word(network, ask, document):
    with network.suffering(HangUp()), pytest.raises(http.client.RemoteDisconnected):
        ask(document)

    assert ask(document).status == 200


def test_an_answer_is_cut_off_in_the_middle(network, ask, document):
    with (
        network.suffering(CutOff()),
        pytest.raises(http.client.IncompleteRead) as cut,
    ):
        ask(document)

    assert cut.value.partial.startswith(b'{"resources"')


def test_json_ends_too_early(network, ask, document):
    with network.suffering(NoJson()), pytest.raises(ValueError):
        ask(document).json()


@pytest.mark.parametrize("declared", [True, False])
def test_a_flood_is_200_megabytes_of_what_is_no_mistake(network, document, declared):
    with network.suffering(Flood(declared=declared)):
        line, answer = _reading(network, document)
        with closing(line), closing(answer):
            length = answer.getheader("Content-Length")
            begun = answer.read(3 * MEGABYTE)

    assert (length is not None and int(length) > 200 * MEGABYTE) is declared
    assert begun.startswith(b'{"resources"')
    assert begun.endswith(b" " * MEGABYTE)


def test_a_small_flood_can_be_read_to_its_end(network, ask, document):
    with network.suffering(Flood(megabytes=2)):
        answer = ask(document)

    assert len(answer.body) > 2 * MEGABYTE
    assert answer.ids == ["far-1"]


def test_a_bomb_is_a_thousand_times_larger_than_it_seems(network, ask, document):
    with network.suffering(GzipBomb(megabytes=20)):
        answer = ask(document)

    assert answer.headers["content-encoding"] == "gzip"
    assert len(answer.body) < 100_000
    unpacked = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(answer.body)
    assert len(unpacked) > 20 * MEGABYTE


@pytest.mark.parametrize(
    "to", ["http://169.254.169.254/latest/", "http://[::1]:22/", "/v1/documents/far-1"]
)
def test_whoever_asks_is_sent_elsewhere(network, ask, document, to):
    with network.suffering(Redirected(to), at=document):
        answer = ask(document)

    assert (answer.status, answer.headers["location"]) == (302, to)


@pytest.mark.parametrize(
    ("honest", "kind"), [(True, "text/html"), (False, "image/jpeg")]
)
def test_a_picture_is_a_page_in_truth(network, ask, honest, kind):
    with network.suffering(HtmlInstead(honest=honest), at="/pictures/"):
        answer = ask("/pictures/mast.jpg")

    assert answer.status == 200
    assert answer.headers["content-type"] == kind
    assert answer.body.startswith(b"<!DOCTYPE html>")


@pytest.mark.parametrize("name", ["atom", "rss"])
def test_entities_would_grow_to_a_billion_words(network, ask, document, name):
    with network.suffering(EntityBomb(), at="/feeds/"):
        feed = ask(f"/feeds/news.{name}").body.decode()

    declared = dict(re.findall(r'<!ENTITY (\w+) "([^"]*)">', feed))
    words = {"wave0": 1}
    for number in range(1, 10):
        within = re.findall(r"&(\w+);", declared[f"wave{number}"])
        words[f"wave{number}"] = sum(words[each] for each in within)
    assert "<title>&wave9;</title>" in feed
    assert words["wave9"] == 10**9


def test_an_entity_asks_for_a_file_of_the_reader(network, ask, document):
    with network.suffering(EntityThief(), at="/feeds/"):
        feed = ask("/feeds/news.atom").body.decode()

    assert 'SYSTEM "file:///etc/passwd"' in feed
    assert "<title>&theft;</title>" in feed


def test_documents_are_repeated_across_pages(network, ask):
    network.publish_crowd(4)

    with network.suffering(Repeating(), at="/v1/documents"):
        pages = [ask.query(limit=2, offset=offset).ids for offset in (0, 2)]

    assert pages == [["crowd-0", "crowd-1"], ["crowd-1", "crowd-2", "crowd-3"]]


def test_a_clock_may_be_a_day_ahead(network, ask):
    network.ahead = timedelta(days=1)
    network.publish(story("far-1"))

    answer = ask("/v1/documents/far-1")

    (document,) = answer.documents
    assert answer.headers["date"] == "Tue, 03 Mar 2026 18:00:00 GMT"
    assert document["publishDateTime"] == "2026-03-03T18:00:00Z"
    assert document["editorialLastModifiedDateTime"] == "2026-03-03T18:00:00Z"


def test_a_network_stops_while_somebody_still_waits(network, document):
    """Its end is that of the fixture: a thread or a socket left behind fails the test."""
    host, port = network.url.removeprefix("http://").split(":")
    idle = socket.create_connection((host, int(port)))
    line, answer = _reading(network, document)
    network.__exit__(None, None, None)
    with closing(line), closing(answer), closing(idle):
        idle.settimeout(5)
        assert idle.recv(1) == b""
    network.__enter__()
