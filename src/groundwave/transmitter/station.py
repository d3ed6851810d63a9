"""
One station on the air: its sources, and who of them is heard.

The parts know nothing of each other; this is where they are wired together. A
source's frames come in by its feed, the chain decides whose are played, and the
program takes them to the mounts and onto the tape.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from groundwave.patchbay.messages import (
    FromTransmitter,
    Role,
    StationLine,
    StationStatus,
)
from groundwave.transmitter.chain import (
    Candidate,
    ChainRules,
    Choice,
    choose,
    is_there,
)
from groundwave.transmitter.clock import Clock
from groundwave.transmitter.fanout import Departure
from groundwave.transmitter.feed import Feed
from groundwave.transmitter.listener import Listener
from groundwave.transmitter.mount import Mount
from groundwave.transmitter.output import Output
from groundwave.transmitter.program import Program
from groundwave.transmitter.source import Source
from groundwave.transmitter.stamped import StampedFrame
from groundwave.transmitter.standby import StandbyLoop
from groundwave.transmitter.tape.deck import Deck
from groundwave.transmitter.tape.recorder import Recorder
from groundwave.transmitter.telling import Teller, status_of


class Station:
    """
    A station's air.

    Args:
        line: what the site says of it.
        tell: given every message that the site and open pages want to know.
        departed: given every listener that leaves a mount.
        keep_hold: given every hold, to be kept for the next start.
        held: what a person holds already.

    Attributes:
        held_by: who put on air what is held; empty if that is not known any more.
        mounts_trouble: why mounts of the line-up are not on the air, or empty.
        standby_trouble: why the standby sound is not the one that was chosen.
        since: when who is on air is heard first.
        entitled_at: when the title is heard first.
    """

    def __init__(
        self,
        line: StationLine,
        *,
        clock: Clock,
        recorder: Recorder,
        tell: Callable[[FromTransmitter], None],
        departed: Callable[[Mount, Listener, Departure], None],
        keep_hold: Callable[[Role | None], None] = lambda _: None,
        held: Role | None = None,
    ) -> None:
        self.line = line
        self.recorder = recorder
        self.tape = Deck(recorder, station=line.slug)
        self.sources: dict[Role, Source] = {}
        self.on_air: Role | None = None
        self.held = held
        self.held_by = ""
        self.standby: StandbyLoop | None = None
        self.mounts_trouble = ""
        self.standby_trouble = ""
        self._playing: Source | None = None
        self._lost: Candidate | None = None
        self.title = ""
        self.since: datetime = clock.now()
        self.entitled_at: datetime = self.since
        self._clock = clock
        self._teller = Teller(line.slug, clock=clock, tell=tell)
        self._keep_hold = keep_hold
        self.mounts = {
            mount.path: Mount(mount, line, departed=departed) for mount in line.mounts
        }
        for mount in self.mounts.values():
            mount.reel.entitle(line.name)  # until a source says what is playing
        self.program = Program(self.mounts.values(), recorder, unix_at=clock.unix_at)

    @property
    def slug(self) -> str:
        return self.line.slug

    @property
    def outputs(self) -> dict[str, Output]:
        """What the programme is encoded in, by name."""
        return self.program.outputs

    @property
    def listeners(self) -> int:
        """How many are connected to the mounts; HLS has no connection to count."""
        return sum(mount.fanout.count for mount in self.mounts.values())

    @property
    def is_full(self) -> bool:
        """Whether the station has as many listeners as its line-up allows."""
        return 0 < self.line.max_listeners <= self.listeners

    @property
    def trouble(self) -> str:
        """What of the line-up is not in force and why, as sentences."""
        return " ".join(filter(None, [self.mounts_trouble, self.standby_trouble]))

    def status(self, *, fetching: int = 0) -> StationStatus:
        """Return the whole state of the station; *fetching* listen to its tape."""
        return status_of(self, self._clock.unix_at, fetching=fetching)

    # --- beginning and end ----------------------------------------------------------

    def go_on_from(self, before: Station) -> None:
        """Take over the air and the tape of the station that was of this name."""
        # The chain then finds nobody there, and open pages are told what follows.
        self.on_air, self.since = before.on_air, before.since
        self.title, self.entitled_at = before.title, before.entitled_at
        self.held_by = before.held_by
        # A new recorder knows only what is on the tape; this may be yet to come.
        self.recorder.titles.note(self.title, at=self.entitled_at.timestamp())
        for mount in self.mounts.values():
            mount.reel.entitle(self.title or self.line.name)
        self.program.go_on_from(before.program)

    def revise(self, line: StationLine) -> None:
        """Take a line that changes nothing listeners would notice; drop lost keys."""
        self.line = line
        keys = {key.id: key for key in line.keys}
        for source in tuple(self.sources.values()):
            key = keys.get(source.key_id) if source.key_id is not None else None
            if source.key_id is not None and (key is None or key.role != source.role):
                source.hang_up("Its source key was revoked.")

    async def close(self) -> None:
        """Go off the air: end sources, listeners and the tape."""
        self.retire("The station was closed.")
        await self.end_tape()

    def retire(self, reason: str) -> None:
        """End sources and listeners; the tape is somebody else's from now on."""
        self.on_air = None
        for source in tuple(self.sources.values()):
            source.hang_up(reason)
            self.disconnect(source, reason)  # a relay takes a moment to end
        for mount in self.mounts.values():
            mount.fanout.close()

    async def end_tape(self) -> None:
        """Record no more; the mounts go on."""
        self.program.leave_tape()
        await self.recorder.close()

    # --- sources ----------------------------------------------------------------

    def connect(self, source: Source) -> None:
        """Put *source* into its place in the chain, which must be free."""
        self.sources[source.role] = source
        self._teller.connected(source)

    def disconnect(self, source: Source, reason: str, *, lost: bool = False) -> None:
        """
        Take *source* out of the chain, if it is still in it.

        One that was *lost* (its line broke) keeps the air for the grace period: it
        is mostly back before anyone has heard that it was gone.
        """
        if self.sources.get(source.role) is not source:
            return
        del self.sources[source.role]
        if source.role is self.on_air:
            self._lost = source.candidate() if lost else None
        self._teller.disconnected(source.role, reason)

    def hear(self, source: Source, name: str, frames: Sequence[StampedFrame]) -> None:
        """Take a source's frames for output *name*; play them if it is on air."""
        if (
            self.on_air is not source.role
            or self.sources.get(source.role) is not source
        ):
            return
        if source is self._playing:
            self.program.play(name, frames, source.feed, self._stand_ins)
        else:  # back on its own place, within the grace period
            source.title = source.title or self.title
            now = self._clock.air()
            self._join(source, now, self._begins_at(source, now))

    def entitle(self, source: Source, title: str) -> None:
        """Take a source's title; show it if the source is on air."""
        source.title = title
        if self.on_air is source.role:
            now = self._clock.air()
            self._show_title(title, at=self.program.arrives_at(source.feed, now))

    # --- the chain ----------------------------------------------------------------

    def hold(self, role: Role | None, *, by: str) -> None:
        """Put *role* on air by hand, or give the air back to the chain."""
        self.held, self.held_by = role, by
        self._keep_hold(role)
        self.tick()
        if role is None:  # what follows is the chain's doing
            self.held_by = ""

    def tick(self) -> None:
        """Decide who is on air; called about ten times a second."""
        now = self._clock.air()
        choice = choose(
            self._candidates(now),
            on_air=self.on_air,
            held=self.held,
            rules=self._rules(),
            now=now,
            by=self.held_by,
        )
        if choice.role is not self.on_air:
            self._switch(choice, now)
        if self.on_air is Role.STANDBY and self.standby is not None:
            self.program.play_standby(self.standby, now, longest_gap=self._longest_gap)

    def _candidates(self, now: float) -> list[Candidate]:
        known = {role: source.candidate() for role, source in self.sources.items()}
        lost = self._lost
        # Connected again, it may not have sounded yet: its grace period goes on, and
        # ends like that of one that stays away.
        if lost and (lost.role not in known or known[lost.role].heard_at is None):
            known.pop(lost.role, None)
            if is_there(lost, self._rules(), now):
                known[lost.role] = lost
        if self.standby is not None:
            known[Role.STANDBY] = Candidate(Role.STANDBY, None, None)
        return list(known.values())

    def _rules(self) -> ChainRules:
        return ChainRules(
            grace=self.line.grace_seconds,
            silence=self.line.silence_seconds,
            comeback=self.line.return_seconds,
        )

    def _switch(self, choice: Choice, now: float) -> None:
        source = self.sources.get(choice.role) if choice.role else None
        begins_at = self._begins_at(source, now)
        self.on_air, self.since = choice.role, self._instant(begins_at)
        self._lost = None
        self._join(source, now, begins_at)
        self._teller.on_air_changed(choice, heard_at=self.since)

    def _join(self, source: Source | None, now: float, begins_at: float) -> None:
        """Go on with *source*, or with standby, where the programme ends."""
        self._playing = source
        self._show_title(source.title if source else "", at=begins_at)
        if source:
            self.program.join(source.feed, now, self._stand_ins())

    def _stand_ins(self) -> list[Feed]:
        """Return who sounds and comes after what is on air; never who comes before it."""
        roles = tuple(Role)
        after = roles[roles.index(self.on_air) + 1 :] if self.on_air else ()
        waiting = (self.sources.get(role) for role in after)
        return [each.feed for each in waiting if each and each.feed.is_healthy]

    def _begins_at(self, source: Source | None, now: float) -> float:
        feed = source.feed if source else None
        return self.program.begins_at(feed, now, longest_gap=self._longest_gap)

    @property
    def _longest_gap(self) -> float:
        """Seconds after which what follows does not fill up what was missed."""
        return self.line.grace_seconds + 1

    # --- titles -------------------------------------------------------------------

    def _show_title(self, title: str, *, at: float) -> None:
        instant = self._instant(at)
        self.recorder.titles.note(title, at=instant.timestamp())
        # Encoders repeat themselves: what is playing began when it was said first.
        if title == self.title:
            return
        self.title, self.entitled_at = title, instant
        for mount in self.mounts.values():
            mount.reel.entitle(title or self.line.name)
        self._teller.entitled(title, at=instant)

    def _instant(self, air: float) -> datetime:
        """Return wall time as titles are dated: in whole milliseconds."""
        unix = round(self._clock.unix_at(air), 3)
        return datetime.fromtimestamp(unix, UTC)
