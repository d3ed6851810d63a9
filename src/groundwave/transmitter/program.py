"""
A station's programme: what is on air, in every encoding it is heard in.

Its outputs end at about the same instant. Whoever takes the air is joined on there:
what it sent while it waited is played where it fills up a gap, and only there.
What it lost itself is filled up from those who wait behind it: sound that is left out
is gone from every listener's buffer for good, and some hiccups later the buffer is empty.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

from groundwave.transmitter.encodings import RENDITIONS, encoding_of
from groundwave.transmitter.feed import Feed
from groundwave.transmitter.mount import Mount
from groundwave.transmitter.output import LEAD_IN_SECONDS, Hear, Output
from groundwave.transmitter.stamped import StampedFrame
from groundwave.transmitter.standby import StandbyLoop
from groundwave.transmitter.tape.recorder import Recorder


# What everything is dated by, so that it is found on the tape where it was heard; the
# other renditions are cut with this one.
_TAPE = RENDITIONS[0].name
# A seam is not worth it for less; more than any source's clock is corrected at once.
HOLE_SECONDS = 0.1


class Program:
    """
    A station's outputs: one for each of *mounts*, and what *recorder* puts on tape.

    Args:
        unix_at: turns air time into wall time, by which the tape is ordered.
    """

    def __init__(
        self,
        mounts: Iterable[Mount],
        recorder: Recorder,
        *,
        unix_at: Callable[[float], float],
    ) -> None:
        outputs = [
            Output(encoding_of(mount.line), passthrough=True, hear=[mount.hear])
            for mount in mounts
        ]
        outputs += [
            Output(each, passthrough=False, hear=[_onto(recorder, each.name, unix_at)])
            for each in RENDITIONS
        ]
        self.outputs = {output.encoding.name: output for output in outputs}

    @property
    def ended_at(self) -> float:
        """Where the tape ends, or if nothing is on it yet, the mount that is furthest."""
        ends = {name: output.position for name, output in self.outputs.items()}
        on_tape = ends[_TAPE]
        if on_tape is not None:
            return on_tape
        return max((end for end in ends.values() if end is not None), default=-math.inf)

    def begins_at(self, feed: Feed | None, now: float, *, longest_gap: float) -> float:
        """
        Return when *feed*, or standby, is heard first if it takes the air *now*.

        *longest_gap* is after how many seconds what follows does not fill up what
        was missed.
        """
        ended = self.ended_at
        if feed is None:
            return max(ended, now - longest_gap)
        due = now - LEAD_IN_SECONDS if ended == -math.inf else ended
        # What the tape is not given yet, the mounts may be.
        ready = (feed.frames_since(name, due) for name in (_TAPE, *self.outputs))
        return max(ended, next((some[0].at for some in ready if some), now))

    def arrives_at(self, feed: Feed, now: float) -> float:
        """Return when what *feed*, which is on air, is given next is heard."""
        arrives_at = feed.arrives_at(_TAPE)
        return max(self.ended_at, now if arrives_at is None else arrives_at)

    def play(
        self,
        name: str,
        frames: Sequence[StampedFrame],
        feed: Feed,
        stand_ins: Callable[[], Sequence[Feed]],
    ) -> None:
        """Go on with the *frames* of output *name* that *feed*, on air, just brought."""
        output = self.outputs[name]
        if output.missing_before(frames) > HOLE_SECONDS:
            self._join_output(name, output, feed, stand_ins())
        else:
            output.play(frames)

    def join(self, feed: Feed, now: float, stand_ins: Sequence[Feed]) -> None:
        """
        Go on with *feed* where the outputs end.

        What it did not bring of the time since then is played from *stand_ins*.
        """
        for name, output in self.outputs.items():
            if output.position is None:
                output.splice(feed.frames_since(name, now - LEAD_IN_SECONDS))
            else:
                self._join_output(name, output, feed, stand_ins)

    def _join_output(
        self, name: str, output: Output, feed: Feed, stand_ins: Sequence[Feed]
    ) -> None:
        ended = output.position or 0.0
        frames = feed.frames_since(name, ended - LEAD_IN_SECONDS)
        for stand_in in stand_ins:
            missing = output.missing_before(frames)
            if missing <= HOLE_SECONDS:
                break
            until = (output.position or 0.0) + missing
            brought = stand_in.frames_since(name, ended - LEAD_IN_SECONDS)
            output.splice([each for each in brought if each.ends_at <= until])
        output.splice(frames)

    def play_standby(
        self, loop: StandbyLoop, now: float, *, longest_gap: float
    ) -> None:
        """Go on with the standby sound, up to *now*."""
        for name, output in self.outputs.items():
            # After a long time off air the timeline starts afresh, just before now.
            ended = output.position if output.position is not None else -math.inf
            start = max(ended, now - longest_gap)
            output.play(loop.frames_between(name, start, now))

    def go_on_from(self, before: Program) -> None:
        """Go on with the tape where *before* ended."""
        for rendition in RENDITIONS:
            ended = before.outputs[rendition.name].position
            self.outputs[rendition.name].position = ended

    def leave_tape(self) -> None:
        """Put nothing more on tape; the mounts go on."""
        for rendition in RENDITIONS:
            self.outputs[rendition.name].hear.clear()


def _onto(
    recorder: Recorder, rendition: str, unix_at: Callable[[float], float]
) -> Hear:
    def record(frames: Sequence[StampedFrame]) -> None:
        placed = [StampedFrame(each.frame, unix_at(each.at)) for each in frames]
        recorder.append(rendition, placed)

    return record
