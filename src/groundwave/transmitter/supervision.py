"""
The transmitter's supervisor: the one place that catches what nobody foresaw.

A fault in one rhythm must not end the others, and must not go unseen. It is logged
with its traceback, and the rhythm starts again: at once the first time, then with a
pause, so that a lasting fault fills no disk.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import NoReturn

import structlog


log = structlog.get_logger()

PAUSES_SECONDS = (0.0, 0.1, 0.5, 1.0)
PROVEN_SECONDS = 10.0


async def keep_going(name: str, rhythm: Callable[[], Awaitable[None]]) -> NoReturn:
    """Run *rhythm* for ever; start it again whenever it ends or raises."""
    loop = asyncio.get_running_loop()
    failures = 0
    while True:
        began = loop.time()
        try:
            await rhythm()
        except Exception:
            log.exception("rhythm_failed", rhythm=name)
        if loop.time() - began > PROVEN_SECONDS:
            failures = 0
        await asyncio.sleep(PAUSES_SECONDS[min(failures, len(PAUSES_SECONDS) - 1)])
        failures += 1


REST_SECONDS = 1.0


class Guard:
    """
    Keeps one station's fault from the others.

    What fails is logged, left alone for ``REST_SECONDS``, and tried again.
    """

    def __init__(self) -> None:
        self._resting: dict[str, float] = {}

    def carry_out(self, name: str, act: Callable[[], None], *, now: float) -> None:
        """Do *act*, unless *name* rests from a fault."""
        if now < self._resting.get(name, now):
            return
        try:
            act()
        except Exception:
            log.exception("station_failed", station=name)
            self._resting[name] = now + REST_SECONDS
