"""Starting a listener driver, and listening to what it says."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import msgspec

from groundwave.project.bench.errors import Unmeasurable
from groundwave.project.bench.orders import Heard, Order, TunedIn, TuningIn, Word


# To create its sockets and to close them, at ten thousand on a busy machine.
AROUND_SECONDS = 60.0


class Driver:
    """A listener driver at work in its own process."""

    def __init__(
        self, process: asyncio.subprocess.Process, news: Callable[[TuningIn], None]
    ) -> None:
        self._process = process
        self._news = news
        self._decoder: msgspec.json.Decoder[Word] = msgspec.json.Decoder(Word)

    @property
    def pid(self) -> int:
        return self._process.pid

    async def tuned_in(self) -> TunedIn:
        """Wait until admission is over."""
        while not isinstance(word := await self._word(), TunedIn):
            if isinstance(word, TuningIn):
                self._news(word)
        return word

    async def heard(self) -> Heard:
        """Wait for the end."""
        while not isinstance(word := await self._word(), Heard):
            pass
        return word

    async def _word(self) -> Word:
        if self._process.stdout and (line := await self._process.stdout.readline()):
            return self._decoder.decode(line)
        raise Unmeasurable(
            "The listener driver stopped before it was done; its last words are above."
        )


@asynccontextmanager
async def listening(
    order: Order, news: Callable[[TuningIn], None]
) -> AsyncIterator[Driver]:
    """
    Have *order* carried out until the block is left.

    Raises:
        Unmeasurable: the order's time is long over; the driver is ended.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "groundwave.project.bench.listeners"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        if process.stdin:
            process.stdin.write(msgspec.json.encode(order) + b"\n")
        limit = order.admission_seconds + order.hold_seconds + AROUND_SECONDS
        async with asyncio.timeout(limit):
            yield Driver(process, news)
    except TimeoutError:
        raise Unmeasurable(
            f"The listener driver was not done after {limit:.0f} seconds; "
            "run it again with fewer listeners or on a quieter machine."
        ) from None
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
