"""
The transmitter: everything on the air, put together and kept going.

One loop, three rhythms: listeners are served twenty times a second, stations
decide ten times a second who is on air, and once a second the house is kept.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterator
from functools import partial

import structlog

import groundwave
from groundwave.patchbay import unix
from groundwave.patchbay.environment import Environment
from groundwave.patchbay.errors import LineupUnreadable, PatchbayError
from groundwave.patchbay.lineup import load_lineup, save_lineup
from groundwave.patchbay.messages import (
    AddressPrivacy,
    Announced,
    FromTransmitter,
    LineupPublished,
    Listeners,
    ListenersAsked,
    Refused,
    SourceHeld,
    SourceKicked,
    Status,
    Titles,
    TitlesAsked,
)
from groundwave.transmitter.announcements import announce, present
from groundwave.transmitter.clock import Clock
from groundwave.transmitter.desks import Desks
from groundwave.transmitter.door import Door
from groundwave.transmitter.events import HEARTBEAT_SECONDS, Events
from groundwave.transmitter.fanout import TURN_SECONDS
from groundwave.transmitter.heard import heard
from groundwave.transmitter.intake import Intake
from groundwave.transmitter.ledger import Ledger
from groundwave.transmitter.mount import Mount
from groundwave.transmitter.questions import Questions
from groundwave.transmitter.roster import Roster
from groundwave.transmitter.router import Router
from groundwave.transmitter.sessions import Sessions
from groundwave.transmitter.standing import Standing
from groundwave.transmitter.station import Station
from groundwave.transmitter.supervision import Guard, keep_going


log = structlog.get_logger()

TURNS_PER_TICK = 2
CHECKPOINT_SECONDS = 60
OFFER_SECONDS = 5
# A line-up is answered when it is on disk; a disk that takes longer hangs.
SAVING_SECONDS = 2


class Transmitter:
    """
    Everything between ``open`` and ``close``.

    Attributes:
        edition: of the line-up in force; 0 before the first.
        port: the air port that is listened on.
    """

    def __init__(self, environment: Environment) -> None:
        self.edition = 0
        self.port = environment.air_port
        self.air_url = environment.air_url
        self.clock = Clock()
        self.started_at = self.clock.now()
        self.lineup: LineupPublished | None = None
        self._environment = environment
        self.ledger = Ledger(environment.data / "transmitter" / "ledger")
        self.sessions = Sessions(self.ledger, clock=self.clock, privacy=self._privacy)
        self.stations = Roster(
            environment.data,
            clock=self.clock,
            tell=self.tell,
            departed=self.sessions.departed,
        )
        self.standing = Standing()
        self.events = Events(
            epoch=secrets.token_hex(4),
            present=lambda slug: present(
                self.stations.values(),
                slug,
                standing=self.standing,
                now=self.clock.now(),
            ),
        )
        self.intake = Intake(self.stations, clock=self.clock, tell=self.tell)
        self.desks = Desks(
            self, next_batch=self.ledger.next_batch, kept=self.ledger.kept
        )
        self.router = Router(
            self.stations,
            clock=self.clock,
            intake=self.intake,
            events=self.events,
            ask=Questions(self).ask,
            trusted=environment.trusted_proxies,
        )
        lobby = self.router.lobby
        self.door = Door(greet=lobby.greet, make_room=lobby.make_room)
        self.shoutcast_door = Door(
            greet=self.router.greet_shoutcast, make_room=lobby.make_room
        )
        self._tasks: list[asyncio.Task[None]] = []
        self._taking = asyncio.Lock()
        self._unsaved: LineupPublished | None = None
        self._saving: asyncio.Task[None] | None = None
        self._guard = Guard()

    async def open(self) -> None:
        """
        Go on the air from the last line-up on disk.

        Raises:
            OSError: a port is taken.
            AlreadyServed: another transmitter serves the same folder.
        """
        place = self._environment
        self._line_server = await unix.serve(
            place.patchbay_socket, self.desks.attend, on_trouble=_note_line_trouble
        )
        await self._take_cached_lineup()
        self.port = self.door.open(place.bind, place.air_port)
        self.shoutcast_door.open(place.bind, place.shoutcast_port)
        self._tasks = [
            asyncio.create_task(keep_going("turn", self._turn)),
            asyncio.create_task(keep_going("keep_house", self._keep_house)),
            asyncio.create_task(keep_going("keep_ledger", self._keep_ledger)),
        ]
        log.info("transmitter_ready", bind=place.bind, port=place.air_port)

    async def close(self) -> None:
        """Go off the air cleanly: sessions recorded, the tape closed."""
        self.door.close()
        self.shoutcast_door.close()
        for task in self._tasks:
            task.cancel()
        await self._line_server.close()
        await self.router.close()
        self.ledger.expect_the_last()
        await self.stations.close()
        self.events.close()
        self.sessions.close()
        await asyncio.to_thread(self.ledger.close)
        if self._saving:
            await self._saving
        log.info("transmitter_closed")

    # --- what the site asks -------------------------------------------------------

    async def take_lineup(
        self, lineup: LineupPublished, *, may_go_back: bool = True
    ) -> None:
        """
        Put *lineup* in force and remember it for the next start.

        A disk that hangs is not waited for: what it is asked to remember is in
        force, and so is the line-up after it.

        Two pages of the admin may publish at the same time, and the newer arrive
        first: an older edition is taken only if it *may go back*, as it does when
        the site was restored from a backup.
        """
        async with self._taking:
            is_older = lineup.edition < self.edition
            if lineup == self.lineup or (is_older and not may_go_back):
                return
            await self.stations.apply(lineup.stations)
            self.standing.keep_only(self.stations)
            self.lineup, self.edition = lineup, lineup.edition
            saving = self._remember(lineup)
        await asyncio.wait({saving}, timeout=SAVING_SECONDS)

    def _remember(self, lineup: LineupPublished) -> asyncio.Task[None]:
        """Have *lineup* saved, in place of any that still waits for it."""
        self._unsaved = lineup
        if self._saving is None or self._saving.done():
            self._saving = asyncio.create_task(self._save())
        return self._saving

    async def _save(self) -> None:
        path = self._environment.lineup_file
        while lineup := self._unsaved:
            self._unsaved = None
            try:
                await asyncio.to_thread(save_lineup, path, lineup)
            except OSError as error:
                log.error("lineup_not_saved", reason=str(error))

    def kick(self, message: SourceKicked) -> str:
        """End a source's connection; return why not, or nothing."""
        station = self.stations.get(message.station)
        source = station.sources.get(message.role) if station else None
        if source is None:
            return f"No {message.role.value} source is connected; nothing was ended."
        source.hang_up(f"{message.by} ended the connection.")
        return ""

    def hold(self, message: SourceHeld) -> str:
        """Switch by hand; return why not, or nothing."""
        station = self.stations.get(message.station)
        if station is None:
            return f"There is no station {message.station}; reload the page."
        station.hold(message.role, by=message.by)
        return ""

    def announce(self, message: Announced) -> None:
        """Tell open pages something of the site's, and later ones if it stands."""
        self.standing.note(message)
        self.events.announce(
            message.event, message.data, station=message.station, about=message.about
        )

    def status(self) -> Status:
        """Return everything a person may want to know."""
        return Status(
            at=self.clock.now(),
            started_at=self.started_at,
            version=groundwave.__version__,
            edition=self.edition,
            stations=tuple(
                station.status(fetching=self.sessions.fetching(slug))
                for slug, station in self.stations.items()
            ),
            attempts=tuple(self.intake.attempts),
            trouble=self.ledger.trouble,
        )

    def listeners(self, asked: ListenersAsked) -> Listeners:
        """Return who listens now, by when they came."""
        step = max(1, asked.step_seconds)
        came = self.sessions.came(self._mounts(), step=step)
        return Listeners(at=self.clock.now(), came=came)

    async def titles(self, asked: TitlesAsked) -> Titles | Refused:
        """Return what was playing, or why that cannot be said."""
        return await heard(self.stations, asked)

    def tell(self, message: FromTransmitter) -> None:
        """Let the site and open pages know."""
        self.desks.tell(message)
        announce(message, self.events)

    # --- rhythms --------------------------------------------------------------------

    async def _turn(self) -> None:
        loop = asyncio.get_running_loop()
        number, due = 0, loop.time()
        while True:
            for slug, station in self.stations.items():
                turn = partial(_turn_of, station, number)
                self._guard.carry_out(slug, turn, now=loop.time())
            self.events.turn()
            number += 1
            # After a stall the rhythm goes on from now: nobody is served twice.
            due = max(due + TURN_SECONDS, loop.time())
            await asyncio.sleep(due - loop.time())

    async def _keep_house(self) -> None:
        second = 0
        while True:
            await asyncio.sleep(1)
            second += 1
            if step := self.clock.heed():
                log.warning("wall_clock_stepped", seconds=round(step, 3))
            self.router.sweep()
            self.sessions.sweep()
            if second % HEARTBEAT_SECONDS == 0:
                self.events.heartbeat()

    async def _keep_ledger(self) -> None:
        """Write what was recorded; a disk that hangs holds up nothing but this."""
        second, is_troubled = 0, False
        while True:
            await asyncio.sleep(1)
            second += 1
            if second % CHECKPOINT_SECONDS == 0:
                listening = self.sessions.checkpoint(self._mounts())
                await asyncio.to_thread(self.ledger.checkpoint, listening)
            await asyncio.to_thread(self.ledger.flush)
            if bool(self.ledger.trouble) is not is_troubled:
                is_troubled = not is_troubled
                reason = self.ledger.trouble or "It is over."
                log.warning("sessions_not_written", reason=reason)
            if second % OFFER_SECONDS == 0:
                await self.desks.offer_sessions()

    async def _take_cached_lineup(self) -> None:
        try:
            lineup = load_lineup(
                self._environment.lineup_file, troubled=_note_lineup_damaged
            )
        except LineupUnreadable as error:
            log.error("lineup_unreadable", reason=str(error))
            return
        if lineup is not None:
            await self.take_lineup(lineup)

    def _mounts(self) -> Iterator[Mount]:
        for station in self.stations.values():
            yield from station.mounts.values()

    def _privacy(self) -> AddressPrivacy:
        return self.lineup.address_privacy if self.lineup else AddressPrivacy.NONE


def _turn_of(station: Station, number: int) -> None:
    if number % TURNS_PER_TICK == 0:
        station.tick()
    for mount in station.mounts.values():
        mount.fanout.turn(number)


def _note_lineup_damaged(trouble: str) -> None:
    log.warning("lineup_damaged", reason=trouble)


def _note_line_trouble(trouble: PatchbayError) -> None:
    log.warning("patchbay_line_ended", reason=str(trouble))
