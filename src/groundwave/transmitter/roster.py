"""The stations on the air, and how a new line-up changes them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import structlog

from groundwave.audio.errors import AudioError
from groundwave.audio.standby import conform_file
from groundwave.patchbay.messages import FromTransmitter, StationLine
from groundwave.transmitter.clock import Clock
from groundwave.transmitter.fanout import Departure
from groundwave.transmitter.listener import Listener
from groundwave.transmitter.mount import Mount
from groundwave.transmitter.relays import Relays
from groundwave.transmitter.standby import BUILT_IN, StandbyLoop
from groundwave.transmitter.station import RENDITIONS, Station
from groundwave.transmitter.tape.errors import TapeError
from groundwave.transmitter.tape.recorder import Recorder, station_folder


log = structlog.get_logger()


class Roster(Mapping[str, Station]):
    """
    The stations by slug.

    A change that listeners need not notice (names, keys, patience) is made in
    place. Only a change of mounts, relays, standby or tape opens a station anew.
    """

    def __init__(
        self,
        folder: Path,
        *,
        clock: Clock,
        tell: Callable[[FromTransmitter], None],
        departed: Callable[[Mount, Listener, Departure], None],
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._tell = tell
        self._departed = departed
        self._stations: dict[str, Station] = {}
        self._relays: dict[str, Relays] = {}
        self._preparing: set[asyncio.Task[None]] = set()

    def __getitem__(self, slug: str) -> Station:
        return self._stations[slug]

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self._stations))

    def __len__(self) -> int:
        return len(self._stations)

    async def apply(self, lines: tuple[StationLine, ...]) -> None:
        """Make the stations on the air be those of *lines*."""
        wanted = {line.slug: line for line in lines}
        for slug in self:
            if slug not in wanted:
                await self._close(slug)
        for slug, line in wanted.items():
            station = self._stations.get(slug)
            if station is not None and _is_same_plant(station.line, line):
                station.revise(line)
                continue
            if station is not None:
                await self._close(slug)
            await self._open(line)

    async def close(self) -> None:
        """Take every station off the air."""
        for task in self._preparing:
            task.cancel()
        for slug in self:
            await self._close(slug)

    async def _open(self, line: StationLine) -> None:
        try:
            station = await self._make(line)
        except (AudioError, TapeError) as error:
            # The other stations go on the air all the same.
            log.error("station_not_opened", station=line.slug, reason=str(error))
            return
        self._stations[line.slug] = station
        self._relays[line.slug] = Relays(station, clock=self._clock)
        self._relays[line.slug].start()
        task = asyncio.create_task(self._prepare_standby(station))
        self._preparing.add(task)
        task.add_done_callback(self._preparing.discard)
        log.info("station_opened", station=line.slug, mounts=list(station.mounts))

    async def _make(self, line: StationLine) -> Station:
        recorder = Recorder(
            station_folder(self._folder / "tape", line.slug),
            RENDITIONS,
            window_seconds=line.live_window_seconds,
            keep_hours=line.tape_hours,
            now=self._clock.unix(),
        )
        try:
            return Station(
                line,
                clock=self._clock,
                recorder=recorder,
                tell=self._tell,
                departed=self._departed,
            )
        except AudioError:
            await recorder.close()
            raise

    async def _close(self, slug: str) -> None:
        relays, station = self._relays.pop(slug), self._stations.pop(slug)
        await relays.close()
        await station.close()
        log.info("station_closed", station=slug)

    async def _prepare_standby(self, station: Station) -> None:
        sound = Path(station.line.standby) if station.line.standby else BUILT_IN
        encodings = tuple(output.encoding for output in station.outputs.values())
        try:
            files = await conform_file(
                sound, encodings, into=self._folder / "standby" / station.slug
            )
            station.standby = StandbyLoop.read(files)
        except (AudioError, OSError) as error:
            log.error(
                "standby_not_ready",
                station=station.slug,
                sound=str(sound),
                reason=str(error),
            )


def _is_same_plant(old: StationLine, new: StationLine) -> bool:
    """Tell whether what is running for *old* serves *new* as it is."""

    def plant(line: StationLine) -> tuple[object, ...]:
        return (
            line.mounts,
            line.relays,
            line.standby,
            line.burst_seconds,
            line.backlog_seconds,
            line.tape_hours,
            line.live_window_seconds,
        )

    return plant(old) == plant(new)
