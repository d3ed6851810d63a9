"""
Where the programme is cut into segments.

Laws:

* All renditions of a segment begin within one frame of each other, have the same
  number of frames and one AudioSpecificConfig. They then share duration, decode
  time and initialization segment, as RFC 8216 section 6.2.4 wants of variants.
* One rendition leads and says where to cut: after the number of frames that is
  nearest to five seconds, or sooner where its own line breaks. A line breaks where
  a frame's stamp is more than ``JUMP_SECONDS`` from where the samples before it
  ended, or where the codec's configuration changes.
* A rendition that cannot give its part of a segment in time, or whose part does
  not fit, is *filled*: its listeners hear the leader's frames for that segment.
  There is no hole in any rendition, and nobody waits longer than ``LATE_SECONDS``.
* If the leader itself stays silent that long, another rendition leads.
* The decode time counts samples. It follows the stamps only at a discontinuity:
  small corrections of the stamps move the wall clock, not the sound.

Late is measured in sound that has arrived, never by a clock: others are late when
a rendition delivers again and is that far ahead already. A burst (a warm source's
last fifteen seconds, one rendition after the other) makes nobody late.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from groundwave.transmitter.stamped import StampedFrame
from groundwave.transmitter.tape.segment import TARGET_SECONDS
from groundwave.wire.frames.adts import specific_config


JUMP_SECONDS = 0.1
LATE_SECONDS = 2.0

Frames = Sequence[StampedFrame]


@dataclass(frozen=True, slots=True)
class Cut:
    """
    One segment's worth of frames.

    Attributes:
        start: when its first sample was on air, in Unix seconds.
        decode_time: its place on the samples' own timeline.
        discontinuity: that timeline does not continue the last cut's.
        frames: by rendition; as many in each.
    """

    start: float
    decode_time: int
    discontinuity: bool
    config: bytes
    sample_rate: int
    channels: int
    frames: Mapping[str, Frames]

    @property
    def samples(self) -> int:
        return sum(
            stamped.frame.samples for stamped in next(iter(self.frames.values()))
        )

    @property
    def seconds(self) -> float:
        return self.samples / self.sample_rate

    @property
    def end(self) -> float:
        return self.start + self.seconds


class Cutter:
    """Takes the renditions' frames as they come and gives back whole segments."""

    def __init__(self, renditions: Iterable[str]) -> None:
        self._lanes = {name: _Lane() for name in renditions}
        self._leader = next(iter(self._lanes))
        self._config = b""
        self._ended_at: float | None = None
        self._decode_time = 0

    def append(self, rendition: str, frames: Iterable[StampedFrame]) -> Sequence[Cut]:
        """
        Take *frames* of one rendition; return the segments that are now whole.

        They are ADTS frames of one block each, in order.
        """
        overdue = self._stop_waiting_beside(rendition)
        self._lanes[rendition].extend(frames)
        return [*overdue, *self._cut_while(self._is_ripe)]

    def flush(self) -> Sequence[Cut]:
        """Return what is left, as segments that may be short."""
        self._relieve_leader(max(self._lanes, key=lambda name: len(self._lanes[name])))
        cuts = []
        while run := self._lanes[self._leader].beginning():
            cuts.append(self._cut(run))
        return cuts

    def _cut_while(self, may_cut: Callable[[Frames], bool]) -> Iterator[Cut]:
        while (run := self._lanes[self._leader].whole()) and may_cut(run):
            yield self._cut(run)

    def _is_ripe(self, run: Frames) -> bool:
        return all(lane.part(run) for lane in self._lanes.values())

    def _stop_waiting_beside(self, rendition: str) -> Sequence[Cut]:
        """Return what *rendition*, which still delivers, has waited for too long."""
        lane = self._lanes[rendition]
        self._relieve_leader(rendition)
        return [
            *self._cut_while(lambda run: lane.seconds - _seconds(run) > LATE_SECONDS)
        ]

    def _relieve_leader(self, rendition: str) -> None:
        """Let *rendition* lead if the leader is late and has no segment to give."""
        leader, lane = self._lanes[self._leader], self._lanes[rendition]
        if leader.whole() or lane.seconds - leader.seconds <= LATE_SECONDS:
            return
        self._leader = rendition
        if self._ended_at is not None:
            lane.skip_to(self._ended_at)

    def _cut(self, run: Frames) -> Cut:
        frame, config = run[0].frame, _config(run[0])
        breaks = self._breaks_before(run[0].at, config)
        if breaks:
            self._decode_time = round(run[0].at * frame.sample_rate)
        cut = Cut(
            start=run[0].at,
            decode_time=self._decode_time,
            discontinuity=breaks,
            config=config,
            sample_rate=frame.sample_rate,
            channels=frame.channels,
            frames=self._take(run),
        )
        self._config, self._ended_at = config, run[-1].ends_at
        self._decode_time += cut.samples
        return cut

    def _breaks_before(self, at: float, config: bytes) -> bool:
        return (
            self._ended_at is None
            or config != self._config
            or abs(at - self._ended_at) > JUMP_SECONDS
        )

    def _take(self, run: Frames) -> dict[str, Frames]:
        """Return each rendition's part, filled with *run* where it has none."""
        parts = {name: lane.take(run) for name, lane in self._lanes.items()}
        resumes_at = self._lanes[self._leader].starts_at
        if resumes_at is None:
            resumes_at = run[-1].ends_at
        for name, part in parts.items():
            # What does not even hold the next segment's beginning is of no more use.
            if not part and not self._lanes[name].skip_to(resumes_at):
                self._lanes[name].clear()
        return {name: part or run for name, part in parts.items()}


class _Lane:
    """One rendition's frames that are not cut yet, in runs without a break."""

    def __init__(self) -> None:
        self._runs: list[list[StampedFrame]] = []

    def __len__(self) -> int:
        return sum(map(len, self._runs))

    @property
    def seconds(self) -> float:
        return sum(map(_seconds, self._runs))

    @property
    def starts_at(self) -> float | None:
        return self._runs[0][0].at if self._runs else None

    def extend(self, frames: Iterable[StampedFrame]) -> None:
        for stamped in frames:
            if self._runs and _follows(self._runs[-1][-1], stamped):
                self._runs[-1].append(stamped)
            else:
                self._runs.append([stamped])

    def clear(self) -> None:
        self._runs.clear()

    def beginning(self) -> Frames:
        """Return the frames of the next segment that are here."""
        return self._runs[0][: _full(self._runs[0])] if self._runs else ()

    def whole(self) -> Frames:
        """Return the frames of the next segment once no more will be added."""
        will_not_grow = len(self._runs) > 1
        is_full = bool(self._runs) and len(self._runs[0]) >= _full(self._runs[0])
        return self.beginning() if is_full or will_not_grow else ()

    def part(self, run: Frames) -> Frames:
        """Return this rendition's frames for the leader's *run* if they fit."""
        if (place := self._find(run[0].at)) is None:
            return ()
        number, first = place
        own = self._runs[number][first : first + len(run)]
        fits = (
            len(own) == len(run)
            and _is_near(own[-1], run[-1].at)
            and _config(own[0]) == _config(run[0])
        )
        return own if fits else ()

    def take(self, run: Frames) -> Frames:
        """Return the ``part`` for *run*; forget it and all that came before."""
        part, place = self.part(run), self._find(run[0].at)
        if part and place is not None:
            self._forget(place[0], place[1] + len(part))
        return part

    def skip_to(self, at: float) -> bool:
        """Forget all before the frame at *at*; if none is near, do nothing."""
        if (place := self._find(at)) is None:
            return False
        self._forget(*place)
        return True

    def _find(self, at: float) -> tuple[int, int] | None:
        """Return the run and the place in it of the frame nearest to *at*."""
        # As long as the very next frame will do, none is skipped.
        if self._runs and _is_near(self._runs[0][0], at):
            return 0, 0
        for number, run in enumerate(self._runs):
            nearest = min(range(len(run)), key=lambda i: abs(run[i].at - at))
            if _is_near(run[nearest], at):
                return number, nearest
        return None

    def _forget(self, runs: int, frames: int) -> None:
        del self._runs[:runs]
        del self._runs[0][:frames]
        if not self._runs[0]:
            del self._runs[0]


def _seconds(run: Frames) -> float:
    return run[0].frame.seconds * len(run)


def _full(run: Frames) -> int:
    """Return how many frames like *run*'s are nearest to the target duration."""
    return round(TARGET_SECONDS / run[0].frame.seconds)


def _follows(before: StampedFrame, after: StampedFrame) -> bool:
    is_unbroken = abs(after.at - before.ends_at) <= JUMP_SECONDS
    return is_unbroken and _config(before) == _config(after)


def _is_near(stamped: StampedFrame, at: float) -> bool:
    return abs(stamped.at - at) <= stamped.frame.seconds


def _config(stamped: StampedFrame) -> bytes:
    return specific_config(stamped.frame.data)
