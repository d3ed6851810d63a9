"""Showing a person how far a run has come."""

from __future__ import annotations

import asyncio
import time
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from groundwave.project.bench.orders import TuningIn


class Watch:
    """A bar that fills with the seconds of a run, and a line that says what is done."""

    def __init__(self, console: Console, seconds: float) -> None:
        self._progress = Progress(
            BarColumn(),
            TimeRemainingColumn(compact=True),
            TextColumn("{task.description}"),
            console=console,
            transient=True,
        )
        self._task = self._progress.add_task("Getting ready", total=seconds)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def say(self, text: str) -> None:
        """Show what is being done now."""
        self._progress.update(self._task, description=text)

    def tuning_in(self, news: TuningIn) -> None:
        """Show how admission goes."""
        self.say(f"{news.asked} listeners have called, {news.heard} hear something")

    def passed(self, seconds: float) -> None:
        """Fill the bar by what took about *seconds*."""
        self._progress.advance(self._task, seconds)

    async def wait(self, seconds: float, text: str) -> None:
        """Wait for *seconds*, filling the bar."""
        self.say(text)
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            step = min(0.5, left)
            await asyncio.sleep(step)
            self._progress.advance(self._task, step)
