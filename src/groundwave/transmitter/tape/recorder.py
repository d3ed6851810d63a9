"""
The recorder: a station's frames in, segments out, and onto the tape.

It lives on the event loop and never waits there. Cutting and boxing five seconds
costs about a millisecond; the disk is a thread's business. The last minute and a
half is held in memory, where live listeners get it from even if there is no disk.

A segment is *announced* (listed in live playlists) when the disk has it or has
refused it, and no later than the next one is cut. A process that is killed has
then announced nothing that it has to say differently afterwards.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from groundwave.audio.job import Encoding
from groundwave.transmitter.stamped import StampedFrame
from groundwave.transmitter.tape.cutter import Cut, Cutter
from groundwave.transmitter.tape.errors import TapeNotWritten
from groundwave.transmitter.tape.segment import TARGET_SECONDS, Segment, safe_name
from groundwave.transmitter.tape.store import Store
from groundwave.transmitter.tape.take import Take, take
from groundwave.transmitter.tape.title import Title, Titles
from groundwave.transmitter.tape.window import LiveWindow
from groundwave.transmitter.tape.writer import TapeWriter


HELD_SECONDS = 90
HELD_TAKES = HELD_SECONDS // TARGET_SECONDS
# A new tape counts from here. No tape cuts a segment every two seconds for long,
# so that even on a wiped disk the numbers go on from above all earlier ones.
SECONDS_PER_NUMBER = 2

_TOO_SLOW = (
    "The disk is too slow: part of the programme is missing from the tape in {}; "
    "live goes on. Look for what else is using the disk, or move the tape to another."
)


def station_folder(root: Path, station: str) -> Path:
    """Return where *station*'s tape lies below *root*, or raise ``NameUnsafe``."""
    return root / safe_name(station)


class Recorder:
    """
    Records one station. Make it on the event loop that appends to it.

    Whatever is on the tape is picked up: numbers go on from the last segment, and
    the live window still shows what a restart interrupted.

    Attributes:
        trouble: empty while the tape is being written, else a sentence for people.
        on_segment: called with every segment as it is announced.
        titles: what is playing, noted ahead of its sound.

    Args:
        folder: the station's own (``station_folder``); made if it is not there.
        renditions: AAC in one sample rate and channel count, best first.
        window_seconds: how much live playlists list.
        keep_hours: how long a whole hour stays on the tape after it is over.
        now: Unix seconds.
    """

    def __init__(
        self,
        folder: Path,
        renditions: Sequence[Encoding],
        *,
        window_seconds: float,
        keep_hours: float,
        now: float,
        on_segment: Callable[[Segment], None] = lambda _: None,
    ) -> None:
        self.renditions = tuple(renditions)
        self.trouble = ""
        self.on_segment = on_segment
        self.store = Store(folder, [encoding.name for encoding in renditions])
        self._window = LiveWindow(window_seconds)
        self.titles = Titles()
        self._next, self._discontinuities = int(now / SECONDS_PER_NUMBER), 0
        self._pick_up(now - window_seconds, now)
        self._cutter = Cutter(self.store.renditions)
        self._held: OrderedDict[str, Take] = OrderedDict()
        self._unannounced: deque[Take] = deque()
        self._loop = asyncio.get_running_loop()
        self._writer = TapeWriter(
            self.store,
            # A segment stays fetchable for as long as a playlist may list it.
            keep_seconds=max(keep_hours * 3600, window_seconds + 3600),
            most=HELD_TAKES,
            told=self._tell_loop,
        )

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The live window: consecutive segments, oldest first."""
        return self._window.segments

    @property
    def newest(self) -> Segment | None:
        return self._window.newest

    @property
    def tape_begins_at(self) -> float | None:
        """When the oldest sound on the tape was on air, in Unix seconds, if any is."""
        return self.store.begins_at

    @property
    def lacking_seconds(self) -> float:
        """How much more must be recorded until live can be played; 0 if it can."""
        return self._window.lacking_seconds

    @property
    def titles_to_come(self) -> tuple[Title, ...]:
        """The titles that no announced segment tells yet, and perhaps one that does."""
        cut = (title for take in self._unannounced for title in take.segment.titles)
        return (*cut, *self.titles.to_come)

    def append(self, rendition: str, frames: Sequence[StampedFrame]) -> None:
        """Take the frames of one rendition: ADTS, in order, stamped in Unix seconds."""
        for cut in self._cutter.append(rendition, frames):
            self._record(cut)

    def held(self, name: str) -> Take | None:
        """Return the take of the segment called *name* if memory still holds it."""
        return self._held.get(name)

    def held_init(self, init_id: str) -> bytes | None:
        """Return an initialization segment if a held take needs it."""
        inits = (
            take.init for take in self._held.values() if take.segment.init == init_id
        )
        return next(inits, None)

    async def close(self, *, patience: float = 10.0) -> None:
        """
        Put the last, short segment on the tape and stop.

        A disk that has not taken it within *patience* seconds is left behind.
        """
        for cut in self._cutter.flush():
            self._record(cut)
        await asyncio.to_thread(self._writer.close, patience)
        self._announce_through(self._next)

    # --- from the disk ------------------------------------------------------------

    def _pick_up(self, start: float, end: float) -> None:
        try:
            last = self.store.recover()
            if last is not None:
                self._next = last.segment.sequence + 1
                self._discontinuities = last.segment.discontinuities
                self.titles = Titles(next(reversed(last.segment.titles), None))
                for entry in self.store.between(start, end):
                    self._window.add(entry.segment)
        except OSError as cause:
            self.trouble = str(TapeNotWritten(self.store.folder, cause))

    # --- to the disk --------------------------------------------------------------

    def _record(self, cut: Cut) -> None:
        new = take(
            cut,
            sequence=self._next,
            discontinuities=self._discontinuities,
            titles=self.titles.heard(cut.start, cut.end),
        )
        self._next += 1
        self._discontinuities = new.segment.discontinuities
        self._announce_through(new.segment.sequence - 1)
        self._hold(new)
        self._unannounced.append(new)
        if not self._writer.offer(new):
            self.trouble = _TOO_SLOW.format(self.store.folder)
            self._announce_through(new.segment.sequence)

    def _hold(self, new: Take) -> None:
        self._held[new.segment.name] = new
        if len(self._held) > HELD_TAKES:
            _, oldest = self._held.popitem(last=False)
            if not oldest.is_on_tape:  # nowhere to be had any more
                self._window.forget_through(oldest.segment.sequence)

    def _tell_loop(self, done: Take, trouble: str) -> None:
        # A loop that is closed has nobody left to tell.
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(partial(self._written, done, trouble))

    def _written(self, done: Take, trouble: str) -> None:
        done.is_on_tape = not trouble
        self.trouble = trouble
        self._announce_through(done.segment.sequence)

    def _announce_through(self, sequence: int) -> None:
        while self._unannounced and self._unannounced[0].segment.sequence <= sequence:
            announced = self._unannounced.popleft().segment
            self._window.add(announced)
            self.on_segment(announced)
