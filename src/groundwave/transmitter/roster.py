"""
The stations on the air, and how a new line-up changes them.

Laws:

* A station leaves the air only when its successor is ready, in the same turn: no
  encoder and no listener ever finds nothing at its address.
* What of a line cannot be put in force is said in the station's ``trouble``; the
  rest of it is put in force all the same, revoked keys above all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import structlog
from msgspec.structs import replace

from groundwave.audio.errors import AudioError, EncodingUnusable
from groundwave.audio.standby import conform_file
from groundwave.patchbay.messages import FromTransmitter, StationLine
from groundwave.transmitter.clock import Clock
from groundwave.transmitter.encodings import RENDITIONS, encoding_of
from groundwave.transmitter.fanout import Departure
from groundwave.transmitter.hold import Holds
from groundwave.transmitter.listener import Listener
from groundwave.transmitter.mount import Mount
from groundwave.transmitter.relays import Relays
from groundwave.transmitter.standby import BUILT_IN, StandbyLoop
from groundwave.transmitter.station import Station
from groundwave.transmitter.tape.errors import TapeError
from groundwave.transmitter.tape.recorder import Recorder, station_folder


log = structlog.get_logger()


class Roster(Mapping[str, Station]):
    """
    The stations by slug.

    A change that listeners need not notice (names, keys, patience) is made in
    place. Only a change of mounts, relays, standby or tape opens a station anew.

    Attributes:
        built_in: the standby sound of a station that has, or can use, none of its own.
    """

    def __init__(
        self,
        folder: Path,
        *,
        clock: Clock,
        tell: Callable[[FromTransmitter], None],
        departed: Callable[[Mount, Listener, Departure], None],
    ) -> None:
        self.built_in = BUILT_IN
        self._folder = folder
        self._clock = clock
        self._tell = tell
        self._departed = departed
        self._stations: dict[str, Station] = {}
        self._relays: dict[str, Relays] = {}
        self._preparing: set[asyncio.Task[None]] = set()
        self._holds = Holds(folder / "transmitter" / "holds.json")

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
                self._holds.keep(slug, None)
        for line in wanted.values():
            try:
                await self._take(line)
            except TapeError as error:
                # The other stations go on the air all the same.
                log.error("station_not_opened", station=line.slug, reason=str(error))

    async def close(self) -> None:
        """Take every station off the air."""
        for task in self._preparing:
            task.cancel()
        for slug in self:
            await self._close(slug)
        await self._holds.close()

    async def _take(self, wanted: StationLine) -> None:
        station = self._stations.get(wanted.slug)
        line, trouble = _usable(wanted, station.line if station else None)
        if trouble:
            log.error("mounts_not_usable", station=line.slug, reason=trouble)
        if station is None:
            self._put_on_air(self._make(line, self._record(line)))
            self._relays[line.slug].start()
        elif _is_same_plant(station.line, line):
            station.revise(line)
        else:
            await self._replace(station, line)
        self._stations[line.slug].mounts_trouble = trouble

    async def _replace(self, before: Station, line: StationLine) -> None:
        """Open a station anew; *before* is on the air until that is done."""
        recorder = before.recorder
        if not _is_same_tape(before.line, line):
            await before.end_tape()
            recorder = self._record(line)
        relays = self._relays[line.slug]
        station = self._make(line, recorder)
        station.go_on_from(before)
        self._put_on_air(station)
        before.retire(
            "The station's settings were changed; its encoders connect again."
        )
        # Its server may allow one connection only.
        await relays.close()
        self._relays[line.slug].start()

    def _put_on_air(self, station: Station) -> None:
        self._stations[station.slug] = station
        self._relays[station.slug] = Relays(station, clock=self._clock)
        task = asyncio.create_task(self._prepare_standby(station))
        self._preparing.add(task)
        task.add_done_callback(self._preparing.discard)
        log.info("station_opened", station=station.slug, mounts=list(station.mounts))

    def _make(self, line: StationLine, recorder: Recorder) -> Station:
        return Station(
            line,
            clock=self._clock,
            recorder=recorder,
            tell=self._tell,
            departed=self._departed,
            keep_hold=partial(self._holds.keep, line.slug),
            held=self._holds.get(line.slug),
        )

    def _record(self, line: StationLine) -> Recorder:
        return Recorder(
            station_folder(self._folder / "tape", line.slug),
            RENDITIONS,
            window_seconds=line.live_window_seconds,
            keep_hours=line.tape_hours,
            now=self._clock.unix(),
        )

    async def _close(self, slug: str) -> None:
        relays, station = self._relays.pop(slug), self._stations.pop(slug)
        await relays.close()
        await station.close()
        log.info("station_closed", station=slug)

    async def _prepare_standby(self, station: Station) -> None:
        """Load the built-in sound, and then the station's own in its place."""
        # In this order: a file that is bad must not cost the last resort.
        trouble = await self._load_standby(station, self.built_in)
        if station.line.standby:
            trouble = await self._load_standby(station, Path(station.line.standby))
        station.standby_trouble = trouble

    async def _load_standby(self, station: Station, sound: Path) -> str:
        """Let *sound* be heard when nobody sends; return why it cannot, or nothing."""
        encodings = tuple(output.encoding for output in station.outputs.values())
        try:
            files = await conform_file(
                sound, encodings, into=self._folder / "standby" / station.slug
            )
            station.standby = await asyncio.to_thread(StandbyLoop.read, files)
        except (AudioError, OSError) as error:
            log.error(
                "standby_not_ready",
                station=station.slug,
                sound=str(sound),
                reason=str(error),
            )
            return _standby_trouble(sound, error, has_other=station.standby is not None)
        return ""


def _usable(wanted: StationLine, before: StationLine | None) -> tuple[StationLine, str]:
    """
    Return *wanted* with mounts that can be made, and what is wrong with the others.

    One mount that cannot be made leaves a station that is on the air with the mounts
    it has, and one that is not with the other mounts.
    """
    usable, faults = [], []
    for mount in wanted.mounts:
        try:
            encoding_of(mount)
        except EncodingUnusable as fault:
            faults.append(str(fault))
        else:
            usable.append(mount)
    if not faults:
        return wanted, ""
    kept, until_then = tuple(usable), "Until then the station does without that mount."
    if before is not None:
        kept = before.mounts
        until_then = "Until then the mounts of before are on the air."
    return replace(wanted, mounts=kept), " ".join([*faults, until_then])


def _standby_trouble(
    sound: Path, error: AudioError | OSError, *, has_other: bool
) -> str:
    fault = str(error)
    if isinstance(error, OSError):
        fault = f"The standby sound {sound.name} cannot be used: {error.strerror}."
    if has_other:
        return f"{fault} Choose it again, or another; until then the built-in is heard."
    return (
        f"{fault} See whether the disk is full or damaged, then restart the"
        " transmitter; until then there is silence when no source sends."
    )


def _is_same_tape(old: StationLine, new: StationLine) -> bool:
    """Tell whether the tape of *old* goes on for *new*."""
    return (old.tape_hours, old.live_window_seconds) == (
        new.tape_hours,
        new.live_window_seconds,
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
