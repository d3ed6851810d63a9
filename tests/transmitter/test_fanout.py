from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest

from groundwave.transmitter.fanout import COHORTS, HASTY_TURNS, Departure, Fanout
from groundwave.transmitter.listener import Listener
from groundwave.transmitter.reel import Reel
from groundwave.transmitter.stamped import StampedFrame
from groundwave.wire.frames.frame import Frame
from groundwave.wire.icy import METAINT, IcyReader, TitleReceived


HEAD = b"HTTP/1.0 200 OK\r\n\r\n"
FRAME_BYTES = 418
FRAME_SECONDS = 1152 / 44100


class Air:
    """A mount with a reel that a test winds on, and ears on real sockets."""

    def __init__(self, stack: ExitStack) -> None:
        self.stack = stack
        self.reel = Reel(seconds=10)
        self.gone: list[tuple[Listener, Departure]] = []
        self.fanout = Fanout(
            self.reel,
            burst_seconds=2,
            departed=lambda listener, why: self.gone.append((listener, why)),
        )
        self.number = 0
        self.sound = b""

    def play(self, frames: int) -> None:
        for _ in range(frames):
            data = self.number.to_bytes(4, "big") + bytes(FRAME_BYTES - 4)
            frame = Frame(data, 1152, 44100, 2, 128, independent=True)
            at = self.number * FRAME_SECONDS
            self.reel.append([StampedFrame(frame, at)])
            self.sound += data
            self.number += 1

    def turn_all(self) -> None:
        for number in range(COHORTS):
            self.fanout.turn(number)

    def tune_in(self, *, titles: bool = False, buffer: int = 0) -> Ear:
        ours, theirs = socket.socketpair()
        self.stack.enter_context(theirs)
        if buffer:
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, buffer)
        ours.setblocking(False)
        theirs.setblocking(False)
        listener = Listener(
            id=self.number * 1000 + self.fanout.count,
            sock=ours,
            address="127.0.0.1",
            agent="test",
            referrer="",
            started_at=datetime(2026, 1, 1, tzinfo=UTC),
            position=0,
            until_metadata=METAINT if titles else None,
        )
        self.stack.enter_context(ours)
        self.fanout.admit(listener, HEAD, now=self.reel.ends_at)
        return Ear(theirs)


class Ear:
    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.heard = b""

    def listen(self) -> bytes:
        try:
            while data := self.sock.recv(1 << 20):
                self.heard += data
        except BlockingIOError:
            pass
        return self.heard.removeprefix(HEAD)


@pytest.fixture
def air() -> Iterator[Air]:
    with ExitStack() as stack:
        yield Air(stack)


def test_a_listener_is_sent_the_head_and_the_burst_at_once(air: Air):
    air.play(400)
    ear = air.tune_in()
    heard = ear.listen()
    assert ear.heard.startswith(HEAD)
    assert air.sound.endswith(heard)
    assert 2.0 <= len(heard) / FRAME_BYTES * FRAME_SECONDS < 2.3


def test_every_listener_hears_every_byte_from_its_burst_on(air: Air):
    air.play(100)
    ears = []
    for _ in range(30):
        ears.append(air.tune_in())
        air.play(7)
        air.turn_all()
    air.play(50)
    air.turn_all()
    for ear in ears:
        assert air.sound.endswith(ear.listen())


def test_a_slow_listener_gets_every_byte_later(air: Air):
    air.play(150)
    ear = air.tune_in(buffer=4096)
    for _ in range(200):
        air.turn_all()
        ear.listen()
    assert air.sound.endswith(ear.listen())
    assert len(ear.listen()) > 2.0 / FRAME_SECONDS * FRAME_BYTES


def test_a_listener_that_stops_reading_is_dropped_and_nobody_else(air: Air):
    air.play(100)
    stuck, ear = air.tune_in(buffer=4096), air.tune_in()
    for _ in range(20):
        air.play(38)
        air.turn_all()
        ear.listen()
    assert [why for _, why in air.gone] == [Departure.FELL_BEHIND]
    assert air.fanout.count == 1
    assert air.sound.endswith(ear.listen())
    assert len(stuck.listen()) < len(ear.listen())


def test_a_listener_that_leaves_is_noticed_and_recorded(air: Air):
    air.play(100)
    ear = air.tune_in()
    ear.sock.close()
    air.play(10)
    air.turn_all()
    air.play(10)
    air.turn_all()
    assert [why for _, why in air.gone] == [Departure.LEFT]
    assert air.fanout.count == 0


def test_a_kicked_listener_is_gone_and_only_once(air: Air):
    air.play(100)
    air.tune_in()
    (listener,) = air.fanout
    assert air.fanout.kick(listener.id)
    assert not air.fanout.kick(listener.id)
    assert [why for _, why in air.gone] == [Departure.KICKED]


@pytest.mark.parametrize("buffer", [0, 4096])
def test_titles_come_where_the_sound_they_belong_to_begins(air: Air, buffer: int):
    air.reel.entitle("First")
    air.play(100)
    ear = air.tune_in(titles=True, buffer=buffer)
    for _ in range(40):
        ear.listen()
        air.turn_all()
    air.reel.entitle("Grüße, Ωmega — 'quoted';")
    changed_at = len(air.sound)
    air.play(300)
    for _ in range(200):
        air.turn_all()
        ear.listen()
    sound, titles = b"", []
    for part in IcyReader(METAINT).receive_data(ear.listen()):
        if isinstance(part, TitleReceived):
            titles.append((len(sound), part.title))
        else:
            sound += part
    assert air.sound.endswith(sound)
    start = len(air.sound) - len(sound)
    assert titles[0] == (METAINT, "First")
    assert len(titles) == 2
    assert titles[1][1].startswith("Grüße, Ωmega")
    # Never ahead of the sound, and at the first metadata point after it.
    assert 0 <= start + titles[1][0] - changed_at < METAINT


def test_after_a_pause_everybody_is_served_at_once(air: Air):
    air.play(100)
    ears = [air.tune_in() for _ in range(COHORTS)]
    air.turn_all()
    before = [len(ear.listen()) for ear in ears]
    air.turn_all()  # nothing new comes for a second

    air.play(80)
    for number in range(HASTY_TURNS):
        air.fanout.turn(number)
    heard = [len(ear.listen()) for ear in ears]
    assert heard == [had + 80 * FRAME_BYTES for had in before]


def test_while_sound_flows_each_is_served_once_a_second(air: Air):
    air.play(100)
    ears = [air.tune_in() for _ in range(COHORTS)]
    for number in range(2 * COHORTS):
        air.play(2)
        air.fanout.turn(number)
        if number >= COHORTS:
            served = [len(ear.listen()) for ear in ears]
            assert len(set(served)) == COHORTS, "no two are served in one turn"
