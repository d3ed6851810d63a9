"""
One station on the air: its sources, who of them is heard, and where.

The parts know nothing of each other; this is where they are wired together. A
source's frames come in by its feed, the chain decides whose are played, each
output passes them to its mount or to the tape.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import structlog

from groundwave.audio.job import Encoding
from groundwave.patchbay.messages import (
    FromTransmitter,
    MountLine,
    OnAirChanged,
    Role,
    SourceConnected,
    SourceDisconnected,
    SourceStatus,
    StationLine,
    StationStatus,
    TitleChanged,
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
from groundwave.transmitter.listener import Listener
from groundwave.transmitter.mount import Mount
from groundwave.transmitter.program import LEAD_IN_SECONDS, Output
from groundwave.transmitter.source import Source
from groundwave.transmitter.stamped import StampedFrame
from groundwave.transmitter.standby import StandbyLoop
from groundwave.transmitter.tape.deck import Deck
from groundwave.transmitter.tape.recorder import Recorder


log = structlog.get_logger()

# What the tape holds: the one rendition every browser takes, for a good line and
# for a phone in a tunnel.
RENDITIONS = (
    Encoding(name="high", codec="aac", bitrate_kbps=128, sample_rate=44100, channels=2),
    Encoding(name="low", codec="aac", bitrate_kbps=48, sample_rate=44100, channels=2),
)
# Whose timeline titles are dated by; the other renditions are cut with it.
_TAPE = RENDITIONS[0].name


def encoding_of(mount: MountLine) -> Encoding:
    """
    Return what *mount* is encoded in.

    Raises:
        EncodingUnusable: no codec makes that.
    """
    return Encoding(
        name=mount.path,
        codec=mount.codec.value,
        bitrate_kbps=mount.bitrate_kbps,
        sample_rate=mount.sample_rate,
        channels=mount.channels,
    )


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
        self._tell = tell
        self._keep_hold = keep_hold
        self.mounts = {
            mount.path: Mount(mount, line, departed=departed) for mount in line.mounts
        }
        for mount in self.mounts.values():
            mount.reel.entitle(line.name)  # until a source says what is playing
        self.outputs = {output.encoding.name: output for output in self._make_outputs()}

    @property
    def slug(self) -> str:
        return self.line.slug

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
        for rendition in RENDITIONS:
            ended = before.outputs[rendition.name].position
            self.outputs[rendition.name].position = ended

    def revise(self, line: StationLine) -> None:
        """Take a line that changes nothing listeners would notice; drop lost keys."""
        self.line = line
        keys = {key.id: key for key in line.keys}
        for source in tuple(self.sources.values()):
            key = keys.get(source.key_id) if source.key_id is not None else None
            if source.key_id is not None and (key is None or key.role != source.role):
                source.hang_up("Its source key was revoked.")

    # --- sources ----------------------------------------------------------------

    def connect(self, source: Source) -> None:
        """Put *source* into its place in the chain, which must be free."""
        self.sources[source.role] = source
        status = source.status(on_air=False, unix_at=self._clock.unix_at)
        self._tell(
            SourceConnected(at=self._clock.now(), station=self.slug, source=status)
        )

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
        self._tell(
            SourceDisconnected(
                at=self._clock.now(),
                station=self.slug,
                role=source.role,
                reason=reason,
            )
        )

    def hear(self, source: Source, name: str, frames: Sequence[StampedFrame]) -> None:
        """Take a source's frames for output *name*; play them if it is on air."""
        if (
            self.on_air is not source.role
            or self.sources.get(source.role) is not source
        ):
            return
        if source is self._playing:
            self.outputs[name].play(frames)
        else:  # back on its own place, within the grace period
            source.title = source.title or self.title
            now = self._clock.air()
            self._join(source, now, self._begins_at(source, now))

    def entitle(self, source: Source, title: str) -> None:
        """Take a source's title; show it if the source is on air."""
        source.title = title
        if self.on_air is source.role:
            self._show_title(title, at=self._arrives_at(source))

    def hold(self, role: Role | None, *, by: str) -> None:
        """Put *role* on air by hand, or give the air back to the chain."""
        self.held, self.held_by = role, by
        self._keep_hold(role)
        self.tick()
        if role is None:  # what follows is the chain's doing
            self.held_by = ""

    # --- time ---------------------------------------------------------------------

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
        if self.on_air is Role.STANDBY:
            self._play_standby(now)

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
        for rendition in RENDITIONS:
            self.outputs[rendition.name].hear.clear()
        await self.recorder.close()

    def _switch(self, choice: Choice, now: float) -> None:
        source = self.sources.get(choice.role) if choice.role else None
        begins_at = self._begins_at(source, now)
        self.on_air, self.since = choice.role, self._instant(begins_at)
        self._lost = None
        self._join(source, now, begins_at)
        log.info(
            "on_air_changed",
            station=self.slug,
            role=choice.role and choice.role.value,
            reason=choice.reason,
        )
        self._tell(
            OnAirChanged(
                at=self._clock.now(),
                station=self.slug,
                role=choice.role,
                reason=choice.reason,
                heard_at=self.since,
            )
        )

    def _join(self, source: Source | None, now: float, begins_at: float) -> None:
        """Go on with *source* where the outputs end."""
        self._playing = source
        self._show_title(source.title if source else "", at=begins_at)
        for name, output in self.outputs.items():
            if source:
                resume_at = output.position if output.position is not None else now
                lead_in = resume_at - LEAD_IN_SECONDS
                output.splice(source.feed.frames_since(name, lead_in))

    def _play_standby(self, now: float) -> None:
        if self.standby is None:
            return
        for name, output in self.outputs.items():
            # After a long time off air the timeline starts afresh, just before now.
            ended = output.position if output.position is not None else -math.inf
            start = max(ended, now - self._longest_gap)
            output.play(self.standby.frames_between(name, start, now))

    # --- titles -------------------------------------------------------------------

    def _begins_at(self, source: Source | None, now: float) -> float:
        """Return when *source*, or standby, is heard first if it takes the air *now*."""
        ended = self._ended_at
        if source is None:
            return max(ended, now - self._longest_gap)
        due = now - LEAD_IN_SECONDS if ended == -math.inf else ended
        # What the tape is not given yet, the mounts may be.
        ready = (source.feed.frames_since(n, due) for n in (_TAPE, *self.outputs))
        return max(ended, next((some[0].at for some in ready if some), now))

    def _arrives_at(self, source: Source) -> float:
        """Return when what *source*, which is on air, sends next is heard."""
        arrives_at = source.feed.arrives_at(_TAPE)
        return max(
            self._ended_at, self._clock.air() if arrives_at is None else arrives_at
        )

    @property
    def _ended_at(self) -> float:
        """Where the tape ends, or if nothing is on it yet, the mount that is furthest."""
        ends = {name: output.position for name, output in self.outputs.items()}
        on_tape = ends[_TAPE]
        if on_tape is not None:
            return on_tape
        return max((end for end in ends.values() if end is not None), default=-math.inf)

    @property
    def _longest_gap(self) -> float:
        """Seconds after which what follows does not fill up what was missed."""
        return self.line.grace_seconds + 1

    def _instant(self, air: float) -> datetime:
        """Return wall time as titles are dated: in whole milliseconds."""
        unix = round(self._clock.unix_at(air), 3)
        return datetime.fromtimestamp(unix, UTC)

    def _show_title(self, title: str, *, at: float) -> None:
        instant = self._instant(at)
        self.recorder.titles.note(title, at=instant.timestamp())
        # Encoders repeat themselves: what is playing began when it was said first.
        if title == self.title:
            return
        self.title, self.entitled_at = title, instant
        for mount in self.mounts.values():
            mount.reel.entitle(title or self.line.name)
        self._tell(TitleChanged(at=instant, station=self.slug, title=title))

    # --- the chain ----------------------------------------------------------------

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

    def _make_outputs(self) -> list[Output]:
        outputs = [
            Output(encoding_of(mount.line), passthrough=True, hear=[mount.hear])
            for mount in self.mounts.values()
        ]
        return outputs + [
            Output(rendition, passthrough=False, hear=[self._tape(rendition.name)])
            for rendition in RENDITIONS
        ]

    def _tape(self, rendition: str) -> Callable[[Sequence[StampedFrame]], None]:
        def record(frames: Sequence[StampedFrame]) -> None:
            unix_at = self._clock.unix_at
            placed = [StampedFrame(s.frame, unix_at(s.at)) for s in frames]
            self.recorder.append(rendition, placed)

        return record

    # --- for people ---------------------------------------------------------------

    def status(self) -> StationStatus:
        """Return the whole state of the station, in the order of the chain."""
        return StationStatus(
            slug=self.slug,
            on_air=self.on_air,
            held=self.held,
            title=self.title,
            sources=tuple(self._source_status(role) for role in Role),
            listeners=self.listeners,
            tape=self.recorder.trouble,
            trouble=self.trouble,
        )

    def _source_status(self, role: Role) -> SourceStatus:
        source = self.sources.get(role)
        on_air = self.on_air is role
        if source is not None:
            return source.status(on_air=on_air, unix_at=self._clock.unix_at)
        ready = role is Role.STANDBY and self.standby is not None
        return SourceStatus(role=role, connected=ready, on_air=on_air, healthy=ready)
