"""
A codec that is always there: started again however its child ends.

Laws:

* The source never notices. ``feed`` takes bytes at any time; while no child runs
  they wait, for ten seconds at most.
* A new child is given what the dead one was not done with, once. If it dies in the
  middle of that, those bytes are poison: they are thrown away, and the sound they
  held with them.
* The first restart is immediate, the next ones wait 0.5 s, 1 s … 30 s. A child
  that lived for a minute wipes the slate. There is no last restart.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from groundwave.audio.backlog import Backlog
from groundwave.audio.job import CodecJob, Consumed, Recognized, Report
from groundwave.audio.process import MOST_PENDING_BYTES, CodecEnded, CodecProcess


REPLAY_SECONDS = 10.0
REPLAY_BYTES = MOST_PENDING_BYTES // 2  # room for the head and what comes meanwhile
PAUSES_SECONDS = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
PROVEN_SECONDS = 60.0
# One that ends once is a hiccup; children that end one after the other are a trouble.
REPEATED = 2


@dataclass(slots=True)
class _Life:
    """
    One child's life.

    Attributes:
        head_bytes: how much it was given before the stream itself.
        starts_at: where in the stream it began.
        replay_ends_at: up to here, an earlier child had been given the same.
        consumed: of all it was given; ``None`` until its first word.
    """

    process: CodecProcess
    head_bytes: int
    starts_at: int
    replay_ends_at: int
    began_at: float
    consumed: int | None = None

    @property
    def position(self) -> int:
        """Where in the stream it is."""
        return self.starts_at + max(0, (self.consumed or 0) - self.head_bytes)


class SupervisedCodec:
    """
    One source's codec, for as long as the source is there.

    Made inside a running event loop, where it starts its first child. What the
    children report is passed to *hear*, but for ``Consumed``; *troubled* is told in
    a sentence whenever one ends unasked.

    Attributes:
        restarts: how many children came after the first.
    """

    def __init__(
        self,
        job: CodecJob,
        *,
        hear: Callable[[Report], None],
        troubled: Callable[[str], None],
        patience: float = 5.0,
    ) -> None:
        self.restarts = 0
        self._job = job
        self._hear = hear
        self._troubled = troubled
        self._patience = patience
        self._loop = asyncio.get_running_loop()
        self._backlog = Backlog(REPLAY_SECONDS, REPLAY_BYTES)
        self._head = b""
        self._given_until = 0
        self._failures = 0
        self._trouble = ""
        self._head_failures = 0
        self._life: _Life | None = None
        self._closing = False
        self._turn: asyncio.Future[CodecEnded | None] = self._loop.create_future()
        self._keeping = asyncio.create_task(self._keep_running())

    @property
    def pid(self) -> int | None:
        """The running child's process id, none between two children."""
        return self._life.process.pid if self._life else None

    @property
    def pending_bytes(self) -> int:
        """Bytes that wait to be worked off; read the source more slowly."""
        return self._backlog.end - self._backlog.start

    @property
    def trouble(self) -> str:
        """Why its children keep ending, until one has proven itself; mostly empty."""
        life = self._life
        is_proven = life and self._loop.time() - life.began_at > PROVEN_SECONDS
        return "" if is_proven or self._failures < REPEATED else self._trouble

    def feed(self, data: bytes) -> None:
        """Take the source's next bytes; never waits, never fails."""
        self._backlog.add(data, self._loop.time())
        if self._life is not None:
            self._give(self._life, data)

    async def close(self) -> None:
        """End the child; what it still holds is heard before this returns."""
        self._closing = True
        self._resolve(None)
        await self._keeping

    async def _keep_running(self) -> None:
        while not self._closing:
            ended = await self._live()
            if ended is not None:
                await self._recover(ended)

    async def _live(self) -> CodecEnded | None:
        """See a child through its life; return how it ended unless it was asked to."""
        turn = self._turn = self._loop.create_future()
        try:
            process = await CodecProcess.start(
                self._job,
                hear=self._heard,
                ended=self._resolve,
                patience=self._patience,
            )
        except OSError as refused:
            return CodecEnded(f"The system started no codec: {refused}.")
        self._begin(process)
        ended = None if self._closing else await turn
        if ended is None:
            await process.stop()
            self._life = None
        return ended

    def _resolve(self, ended: CodecEnded | None) -> None:
        """What was waited for has come: the child's end, or a call to close."""
        if not self._turn.done():
            self._turn.set_result(ended)

    def _begin(self, process: CodecProcess) -> None:
        life = self._life = _Life(
            process,
            head_bytes=len(self._head),
            starts_at=self._backlog.start,
            replay_ends_at=self._given_until,
            began_at=self._loop.time(),
        )
        process.feed(self._head)
        for data in self._backlog.chunks():
            self._give(life, data)

    def _give(self, life: _Life, data: bytes) -> None:
        life.process.feed(data)
        self._given_until = self._backlog.end

    def _heard(self, report: Report) -> None:
        if isinstance(report, Consumed):
            self._forget(report.total)
            return
        if isinstance(report, Recognized):
            self._head = report.head
        self._hear(report)

    def _forget(self, consumed: int) -> None:
        if self._life is not None:
            self._life.consumed = consumed
            self._backlog.forget_until(self._life.position)

    async def _recover(self, ended: CodecEnded) -> None:
        life, self._life = self._life, None
        if life is not None:
            self._throw_poison_away(life)
            if self._loop.time() - life.began_at > PROVEN_SECONDS:
                self._failures = 0
        pause = PAUSES_SECONDS[min(self._failures, len(PAUSES_SECONDS) - 1)]
        self._failures += 1
        self.restarts += 1
        self._trouble = _sentence(ended, pause)
        self._troubled(self._trouble)
        self._turn = self._loop.create_future()
        if pause and not self._closing:
            await asyncio.wait([self._turn], timeout=pause)

    def _throw_poison_away(self, life: _Life) -> None:
        if life.consumed is None:
            return  # it died before it read anything
        died_in_head = life.consumed < life.head_bytes
        self._head_failures = self._head_failures + 1 if died_in_head else 0
        if self._head_failures == 2:
            self._head = b""
        if life.position < life.replay_ends_at:
            self._backlog.forget_until(life.replay_ends_at)


def _sentence(ended: CodecEnded, pause: float) -> str:
    if not pause:
        return f"{ended.reason} It was started again; nothing needs to be done."
    return (
        f"{ended.reason} It starts again in {pause:g} seconds; if this goes on,"
        " restart the encoder or have it send another format."
    )
