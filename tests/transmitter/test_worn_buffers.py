"""What listeners have ahead of them, over the minutes in which sources come and go."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from equipment.encoders import mp3_frames
from equipment.stopped_air import on_air
from groundwave.patchbay.messages import Role
from groundwave.transmitter.clock import Clock
from groundwave.transmitter.source import Source
from groundwave.transmitter.station import Station


BYTES_A_SECOND = 16_000
FRAME_SECONDS = 1152 / 44100
GRACE_SECONDS = 2.0
# A source may be behind by as much before what it lost is taken to be lost.
BEHIND_SECONDS = 1.25
TICKS_SECONDS = 0.25


class Buffer:
    """How much less a listener has ahead than whoever was best off before."""

    def __init__(self, station: Station, clock: Clock) -> None:
        self._reel = station.mounts["/kgnd.mp3"].reel
        self._clock = clock
        self._least = self._behind
        self.worst = 0.0

    @property
    def _behind(self) -> float:
        return self._clock.air() - self._reel.end / BYTES_A_SECOND

    def look(self) -> None:
        self._least = min(self._least, self._behind)
        self.worst = max(self.worst, self._behind - self._least)


def send(
    station: Station,
    clock: Clock,
    *sources: Source,
    seconds: float,
    look: Callable[[], None] = lambda: None,
) -> None:
    """Let each of *sources* send a frame whenever one is due, and *look* after each."""
    frame = mp3_frames(440)[0].data
    for _ in range(round(seconds / FRAME_SECONDS)):
        clock.at += FRAME_SECONDS
        for source in sources:
            source.feed.receive(frame)
        station.tick()
        look()


@pytest.mark.parametrize("seed", range(3))
async def test_hiccups_do_not_add_up_while_a_backup_sends(tmp_path, seed):
    dice = Random(seed)
    async with on_air(tmp_path, grace_seconds=GRACE_SECONDS) as air:
        station, clock, connect, _ = air
        backup, main = connect(Role.BACKUP), connect(Role.MAIN)
        send(station, clock, backup, main, seconds=5)
        buffer = Buffer(station, clock)
        for _ in range(8):
            if is_broken := dice.random() < 0.5:  # and it is soon back
                station.disconnect(main, "The encoder disconnected.", lost=True)
            # or its line stalls, and what it sent meanwhile is lost
            send(
                station, clock, backup, seconds=dice.uniform(0.5, 3.0), look=buffer.look
            )
            main = connect(Role.MAIN) if is_broken else main
            send(station, clock, backup, main, seconds=8, look=buffer.look)

        assert buffer.worst < GRACE_SECONDS + BEHIND_SECONDS + TICKS_SECONDS


def lost_for_a_moment(air, waiting: Source, main: Source) -> float:
    """Let *main* be away for 0.4 seconds; return by how many seconds more sounded."""
    station, clock, connect, _ = air
    reel = station.mounts["/kgnd.mp3"].reel
    before, began = reel.end, clock.at
    station.disconnect(main, "The encoder disconnected.", lost=True)
    send(station, clock, waiting, seconds=0.4)
    send(station, clock, waiting, connect(Role.MAIN), seconds=5)
    assert station.on_air is Role.MAIN
    return (reel.end - before) / BYTES_A_SECOND - (clock.at - began)


async def test_what_is_lost_is_filled_up_from_who_comes_next(tmp_path):
    async with on_air(tmp_path) as air:
        station, clock, connect, _ = air
        backup, main = connect(Role.BACKUP), connect(Role.MAIN)
        send(station, clock, backup, main, seconds=5)
        assert lost_for_a_moment(air, backup, main) > -0.2


async def test_nothing_is_filled_up_with_what_is_silent(tmp_path):
    async with on_air(tmp_path) as air:
        station, clock, connect, _ = air
        backup, main = connect(Role.BACKUP), connect(Role.MAIN)
        send(station, clock, backup, main, seconds=5)
        backup.feed.health.measured(-90, silent=True, since=clock.at - 1, now=clock.at)
        assert lost_for_a_moment(air, backup, main) < -0.3


async def test_who_is_kept_off_the_air_fills_no_hole_in_it(tmp_path):
    async with on_air(tmp_path) as air:
        station, clock, connect, _ = air
        studio, main = connect(Role.STUDIO), connect(Role.MAIN)
        send(station, clock, studio, main, seconds=5)
        station.hold(Role.MAIN, by="Ines")
        send(station, clock, studio, main, seconds=5)
        assert lost_for_a_moment(air, studio, main) < -0.3
