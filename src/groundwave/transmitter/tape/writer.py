"""
The thread that writes the tape, so that a slow disk is never the air's trouble.

What the disk refuses is kept and tried again, oldest first, each time a segment
comes. As many are kept as the recorder holds in memory; older ones become a hole.
"""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Callable
from queue import Full, Queue

from groundwave.transmitter.tape.errors import TapeNotWritten
from groundwave.transmitter.tape.store import Store
from groundwave.transmitter.tape.take import Take


# A source may be away for so long without the clock being at fault.
EVEN_SECONDS = 60.0
# Ten minutes; a wrong clock is commonly set right within one.
TRUSTED_TAKES = 120

# Called with a take and "" once it is on tape, or with a sentence that says why not.
Told = Callable[[Take, str], None]


class TapeWriter:
    """
    Writes takes in order.

    Args:
        keep_seconds: hours that ended longer ago than this are deleted.
        most: how many takes wait for the disk.
        told: what became of a take; called on the writer's thread.
    """

    def __init__(
        self, store: Store, *, keep_seconds: float, most: int, told: Told
    ) -> None:
        self._store = store
        self._keep_seconds = keep_seconds
        self._told = told
        self._queue: Queue[Take | None] = Queue(most)
        self._waiting: deque[Take] = deque(maxlen=most)
        self._swept_hour: int | None = None
        self._even_takes = 0
        self._previous_start = 0.0
        # A daemon: a disk that hangs for ever must not keep the process from ending.
        self._thread = threading.Thread(target=self._run, name="tape", daemon=True)
        self._thread.start()

    def offer(self, take: Take) -> bool:
        """Hand over a take without waiting; False if the disk is too far behind."""
        try:
            self._queue.put_nowait(take)
        except Full:
            return False
        return True

    def close(self, patience: float) -> bool:
        """Write what was handed over, then end; False if that took too long."""
        with contextlib.suppress(Full):
            self._queue.put(None, timeout=patience)
            self._thread.join(patience)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (take := self._queue.get()) is not None:
            self._waiting.append(take)
            self._forget_old(take)
            self._write_waiting()

    def _write_waiting(self) -> None:
        while self._waiting:
            take = self._waiting[0]
            try:
                self._store.append(take.segment, take.init, take.media)
            except TapeNotWritten as fact:
                self._told(self._waiting[-1], str(fact))
                return
            self._told(self._waiting.popleft(), "")

    def _forget_old(self, take: Take) -> None:
        """
        Once an hour, and before writing: it may be what makes room.

        Only by a clock that has run evenly for a while: a machine that believes for
        a minute that it is 2036 must not delete the tape.
        """
        start, hour = take.segment.start, take.segment.hour
        ran_evenly = abs(start - self._previous_start) < EVEN_SECONDS
        self._even_takes = self._even_takes + 1 if ran_evenly else 0
        self._previous_start = start
        if self._even_takes < TRUSTED_TAKES or hour == self._swept_hour:
            return
        self._swept_hour = hour
        # What cannot be deleted now is tried again in an hour.
        with contextlib.suppress(OSError):
            self._store.forget_before(start - self._keep_seconds)
