from __future__ import annotations

import resource
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from random import Random

import pytest

from groundwave.transmitter.events import (
    BEAT,
    HEAD,
    KEPT_EVENTS,
    PAGES_PER_TURN,
    RETRY_MS,
    Events,
)
from groundwave.wire.http.head import ResponseReader
from groundwave.wire.sse import EventStreamReader, ServerSentEvent


PRESENT = {"kgnd": "Odetta", "kxyz": "Silence"}


class Pages:
    """An event stream whose turns a test takes, and pages on real sockets."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self.events = Events(epoch="e1", present=self._present, random=Random(89))
        self.asked: list[str] = []

    def _present(self, station: str) -> list[tuple[str, str]]:
        self.asked.append(station)
        return [
            ("now_playing", title)
            for slug, title in PRESENT.items()
            if station in ("", slug)
        ]

    def open(self, *, station: str = "", last_id: str = "", buffer: int = 0) -> Page:
        ours, theirs = socket.socketpair()
        self._stack.enter_context(ours)
        self._stack.enter_context(theirs)
        if buffer:
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, buffer)
        ours.setblocking(False)
        theirs.setblocking(False)
        self.events.open_page(ours, station=station, last_id=last_id)
        return Page(theirs)

    def turn(self, times: int = 1) -> None:
        for _ in range(times):
            self.events.turn()


class Page:
    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.received = b""
        self.is_over = False

    def read(self) -> list[ServerSentEvent]:
        """Every event so far."""
        try:
            while data := self.sock.recv(1 << 20):
                self.received += data
            self.is_over = True
        except BlockingIOError:
            pass
        assert self.received.startswith(HEAD)
        self.stream = EventStreamReader()
        return self.stream.receive_data(self.received.removeprefix(HEAD))

    @property
    def titles(self) -> list[str]:
        return [event.data for event in self.read()]

    @property
    def last_id(self) -> str:
        return self.read()[-1].id


@pytest.fixture
def pages() -> Iterator[Pages]:
    with ExitStack() as stack:
        yield Pages(stack)


def test_a_page_is_brought_up_to_date_at_once(pages: Pages):
    page = pages.open()
    assert page.titles == ["Odetta", "Silence"]
    assert [event.event for event in page.read()] == ["now_playing"] * 2
    reader = ResponseReader()
    reader.receive_data(page.received)
    assert reader.head
    assert reader.head.headers.get("content-type").startswith("text/event-stream")
    assert reader.head.headers.get("access-control-allow-origin") == "*"


def test_pages_that_were_cut_off_together_do_not_come_back_together(pages: Pages):
    """Ten thousand would, after a restart; they wait from a second and a half to six."""
    opened = [pages.open() for _ in range(100)]
    waits = []
    for page in opened:
        page.read()
        waits.append(page.stream.retry_ms or 0)
    shortest, longest = RETRY_MS
    assert shortest <= min(waits) < shortest + 500
    assert longest - 500 < max(waits) <= longest
    assert len(set(waits)) > 90


def test_pages_that_come_in_the_same_moment_are_told_what_was_put_together_once(
    pages: Pages,
):
    pages.open(station="kgnd")
    pages.open(station="kgnd")
    pages.open(station="kxyz")
    assert pages.asked == ["kgnd", "kxyz"]

    pages.events.announce("news", "Flood", station="kgnd")
    pages.open(station="kgnd")  # it may be another by now
    pages.turn()
    pages.open(station="kgnd")  # and so may the time
    assert pages.asked == ["kgnd", "kxyz", "kgnd", "kgnd"]


def test_an_event_reaches_every_page_of_its_station_and_no_other(pages: Pages):
    kgnd, kxyz = pages.open(station="kgnd"), pages.open(station="kxyz")
    every = pages.open()
    pages.events.announce("now_playing", "Next", station="kgnd")
    pages.events.announce("news", "Flood", station="")
    pages.turn()
    assert kgnd.titles == ["Odetta", "Next", "Flood"]
    assert kxyz.titles == ["Silence", "Flood"]
    assert every.titles == ["Odetta", "Silence", "Next", "Flood"]


def test_a_page_that_comes_back_is_told_what_it_missed_and_nothing_twice(
    pages: Pages,
):
    page = pages.open(station="kgnd")
    pages.events.announce("now_playing", "One", station="kgnd")
    pages.turn()
    last_id = page.last_id
    pages.events.announce("now_playing", "Two", station="kgnd")
    pages.events.announce("now_playing", "Elsewhere", station="kxyz")
    pages.events.announce("news", "Flood")
    pages.turn()

    back = pages.open(station="kgnd", last_id=last_id)
    assert back.titles == ["Two", "Flood"]
    pages.events.announce("now_playing", "Three", station="kgnd")
    pages.turn()
    assert back.titles == ["Two", "Flood", "Three"]


def test_of_the_guides_it_missed_a_page_is_told_the_last_of_each_station(
    pages: Pages,
):
    """Each is whole, and as long as all else together; what happened is told in full."""
    away = pages.open()
    pages.events.announce("news", "Flood")
    pages.turn()
    last_id = away.last_id
    for hour in range(3):
        for station in ("kgnd", "kxyz"):
            pages.events.announce("schedule", f"{station} {hour}", station=station)
        pages.events.announce("now_playing", f"Song {hour}", station="kgnd")

    told = pages.open(last_id=last_id).titles
    assert told == ["Song 0", "Song 1", "kgnd 2", "kxyz 2", "Song 2"]
    assert pages.open(station="kxyz", last_id=last_id).titles == ["kxyz 2"]
    pages.turn()
    assert away.titles[-5:] == told  # and so is one whose turn comes late


def test_of_the_stories_that_changed_it_is_told_the_last_of_each(pages: Pages):
    away = pages.open()
    pages.events.announce("news", "Flood")
    pages.turn()
    last_id = away.last_id
    for number in range(3):
        for story in ("7", "8"):
            told = f"{story}, version {number}"
            pages.events.announce("story", told, about=story)

    told = pages.open(station="kgnd", last_id=last_id).titles
    assert told == ["7, version 2", "8, version 2"]


def test_a_page_that_missed_nothing_is_told_nothing(pages: Pages):
    page = pages.open()
    pages.events.announce("news", "Flood")
    pages.turn()
    assert pages.open(last_id=page.last_id).titles == []


@pytest.mark.parametrize(
    "last_id",
    [
        pytest.param("e0-1", id="of a run before"),
        pytest.param("e1-99", id="not given out yet"),
        pytest.param("e1--1", id="negative"),
        pytest.param("e1-one", id="no number"),
        pytest.param("e1-²", id="no decimal"),
        pytest.param("e1-" + "9" * 5000, id="longer than any number"),
        pytest.param("1", id="of another server"),
        pytest.param("-", id="empty"),
    ],
)
def test_a_page_with_an_id_that_says_nothing_gets_the_present(
    pages: Pages, last_id: str
):
    pages.events.announce("news", "Flood")
    assert pages.open(last_id=last_id).titles == ["Odetta", "Silence"]


def test_a_page_that_was_away_too_long_gets_the_present(pages: Pages):
    first = pages.open().last_id
    for number in range(KEPT_EVENTS):
        pages.events.announce("news", str(number))
    assert pages.open(last_id=first).titles == [str(n) for n in range(KEPT_EVENTS)]
    pages.events.announce("news", "one more than is kept")
    assert pages.open(last_id=first).titles == ["Odetta", "Silence"]


def test_a_page_that_does_not_read_is_let_go_and_costs_nobody_else(pages: Pages):
    slow, page = pages.open(buffer=4608), pages.open()
    for number in range(100):
        pages.events.announce("news", str(number) * 100)
        pages.turn()
    assert pages.events.count == 1
    slow.read()
    assert slow.is_over
    assert len(page.read()) == 2 + 100


def test_a_page_that_was_let_go_goes_on_where_it_stopped(pages: Pages):
    slow = pages.open(buffer=4608)
    for number in range(100):
        pages.events.announce("news", str(number) * 100)
        pages.turn()
    back = pages.open(last_id=slow.last_id)
    told = [
        data for data in (*slow.titles, *back.titles) if data not in PRESENT.values()
    ]
    assert told == [str(number) * 100 for number in range(100)]


def test_a_page_that_left_is_noticed_by_the_next_heartbeat(pages: Pages):
    page, other = pages.open(), pages.open()
    page.sock.close()
    pages.events.heartbeat()
    pages.turn()
    assert pages.events.count == 1
    other.read()
    assert other.received.endswith(BEAT)


def test_a_script_is_told_that_its_line_is_alive_and_goes_on_where_it_was(
    pages: Pages,
):
    page = pages.open()
    last_id = page.last_id
    pages.events.heartbeat()
    pages.turn()
    beat = page.read()[-1]
    assert (beat.event, beat.data) == ("beat", "{}")
    assert beat.id == last_id


def test_closing_ends_every_page(pages: Pages):
    opened = [pages.open() for _ in range(3)]
    pages.events.announce("news", "never sent")
    pages.events.close()
    pages.turn()
    assert pages.events.count == 0
    for page in opened:
        assert page.titles == ["Odetta", "Silence"]
        assert page.is_over


def test_an_event_from_the_site_cannot_pass_for_another(pages: Pages):
    page = pages.open()
    pages.events.announce("news", "Flood\n\nevent: now_playing\ndata: Hoax")
    pages.turn()
    pages.events.announce("news\nevent: now_playing\0", "Flood")
    pages.turn()
    by_data, by_name = page.read()[-2:]
    assert by_data.event == "news"
    assert by_data.data == "Flood\n\nevent: now_playing\ndata: Hoax"
    assert (by_name.event, by_name.data) == ("news event: now_playing", "Flood")


@pytest.fixture
def _many_descriptors() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < 3000 <= hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (3000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.usefixtures("_many_descriptors")
def test_many_pages_are_written_to_in_turns_so_that_sound_is_never_late(
    pages: Pages,
):
    many = [pages.open(station="kgnd") for _ in range(2 * PAGES_PER_TURN + 1)]
    pages.events.announce("now_playing", "Next", station="kgnd")

    def told() -> int:
        return sum(page.titles[-1] == "Next" for page in many)

    assert told() == 0
    for expected in (PAGES_PER_TURN, 2 * PAGES_PER_TURN, len(many)):
        pages.turn()
        assert told() == expected


@pytest.mark.usefixtures("_many_descriptors")
def test_however_fast_events_come_a_page_is_written_to_once_a_round(pages: Pages):
    many = [pages.open(station="kgnd") for _ in range(2 * PAGES_PER_TURN)]
    numbers = [str(number) for number in range(20)]
    for number in numbers:
        pages.events.announce("news", number)
        pages.events.announce("news", "elsewhere", station="kxyz")
    pages.turn(2)
    assert all(page.titles == ["Odetta", *numbers] for page in many)


def test_a_page_that_is_too_far_behind_is_let_go_to_come_back(pages: Pages):
    behind, elsewhere = pages.open(station="kgnd"), pages.open(station="kxyz")
    for number in range(KEPT_EVENTS + 1):
        pages.events.announce("news", str(number), station="kgnd")
    pages.turn()
    assert behind.titles == ["Odetta"]
    assert behind.is_over
    assert pages.open(station="kgnd", last_id=behind.last_id).titles == ["Odetta"]

    pages.events.announce("news", "Flood")
    pages.turn()
    assert elsewhere.titles == ["Silence", "Flood"]


def test_events_keep_their_order_across_turns(pages: Pages):
    page = pages.open()
    for number in range(10):
        pages.events.announce("news", str(number))
    pages.turn(2)
    assert page.titles[2:] == [str(number) for number in range(10)]
    numbers = [int(event.id.rpartition("-")[2]) for event in page.read()]
    assert numbers == sorted(numbers)
