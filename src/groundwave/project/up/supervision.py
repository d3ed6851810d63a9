"""Everything running at once: started in order, stopped in the other order."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Sequence

from groundwave.project.up.child import FIRST_WAIT_SECONDS, Child, Part, Tell


# A part that takes longer than this does not keep the person waiting for the others.
PATIENCE_SECONDS = 60.0


class Supervisor:
    """
    Looks after *stages*: the parts of a stage start when those before it are ready.

    Attributes:
        children: by the part's name, in the order they are started.
    """

    def __init__(
        self,
        stages: Sequence[Sequence[Part]],
        *,
        tell: Tell,
        patience: float = PATIENCE_SECONDS,
        first_wait: float = FIRST_WAIT_SECONDS,
    ) -> None:
        self._stages = [
            [Child(part, tell=tell, first_wait=first_wait) for part in stage]
            for stage in stages
        ]
        self.children = {
            child.part.name: child for stage in self._stages for child in stage
        }
        self._patience = patience
        self._stopping = asyncio.Event()
        self._hurry = asyncio.Event()

    def ask_to_stop(self) -> None:
        """Stop; asked a second time, stop without waiting for anybody."""
        if self._stopping.is_set():
            self._hurry.set()
        self._stopping.set()

    def heed_signals(self) -> None:
        """Stop at Ctrl-C, at SIGTERM and when the window is closed."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.ask_to_stop)

    async def run(
        self, *, started: Callable[[list[str]], None], stopping: Callable[[], None]
    ) -> None:
        """
        Keep everything running until asked to stop.

        Args:
            started: called once, with the names of the parts that are not up yet.
            stopping: called before the parts are asked to stop.
        """
        try:
            late = await self._start()
            if not self._stopping.is_set():
                started(late)
            await self._stopping.wait()
            stopping()
        finally:
            for stage in reversed(self._stages):
                await asyncio.gather(*(child.stop(self._hurry) for child in stage))

    async def _start(self) -> list[str]:
        late: list[str] = []
        for stage in self._stages:
            for child in stage:
                child.start()
            for child in stage:
                if not await self._is_up(child):
                    late.append(child.part.name)
            if self._stopping.is_set():
                break
        return late

    async def _is_up(self, child: Child) -> bool:
        """Wait until *child* is ready, or time is up, or nobody wants it any more."""
        waits = [
            asyncio.create_task(event.wait())
            for event in (child.is_ready, self._stopping)
        ]
        await asyncio.wait(
            waits, timeout=self._patience, return_when=asyncio.FIRST_COMPLETED
        )
        for wait in waits:
            wait.cancel()
        return child.is_ready.is_set()
