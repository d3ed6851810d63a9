"""Runs ``preparing`` in a process of its own and shows how far it is."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import msgspec
from rich.progress import Progress, TaskID

from groundwave.project.up.keeper import Kept, started
from groundwave.project.up.printing import Printer
from groundwave.project.up.programs import PREPARATION
from groundwave.project.up.told import AirReady, SiteReady, Step, Told


_told: msgspec.json.Decoder[Told] = msgspec.json.Decoder(Told)


class Preparation:
    """The process that prepares; iterate over it to hear what is ready."""

    def __init__(self, kept: Kept, printer: Printer, *, demo: bool) -> None:
        words = PREPARATION.words + (() if demo else ("--no-demo",))
        program = replace(PREPARATION, words=words)
        self._printer = printer
        self._process = started(program, kept, errors=subprocess.PIPE)
        self._errors = threading.Thread(target=self._pass_on, daemon=True)
        self._errors.start()

    def __iter__(self) -> Iterator[AirReady | SiteReady]:
        with self._process as process, Steps(self._printer) as steps:
            for line in process.stdout or ():
                told = _understood(line)
                if isinstance(told, Step):
                    steps.show(told)
                elif told:
                    yield told
            self._errors.join()

    def end(self) -> None:
        """Stop preparing; what was not finished is done at the next start."""
        with suppress(ProcessLookupError):
            self._process.terminate()

    def _pass_on(self) -> None:
        for line in self._process.stderr or ():
            self._printer.line(PREPARATION, line.rstrip())


class Steps:
    """A bar for each step at a terminal, a line elsewhere."""

    def __init__(self, printer: Printer) -> None:
        self._printer = printer
        self._bars: dict[str, TaskID] = {}
        self._progress = Progress(
            console=printer.console,
            transient=True,
            disable=not printer.console.is_terminal,
        )

    def __enter__(self) -> Steps:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def show(self, step: Step) -> None:
        """Show how far *step* is."""
        if step.label not in self._bars:
            self._printer.say(f"{step.label} …")
            for bar in self._bars.values():
                self._progress.remove_task(bar)
            self._bars.clear()
            bar = self._progress.add_task(step.label, total=step.total or None)
            self._bars[step.label] = bar
        self._progress.update(self._bars[step.label], completed=step.done)


def _understood(line: str) -> Told | None:
    try:
        return _told.decode(line)
    except msgspec.DecodeError:
        return None  # something printed where it should not; it prepares nothing
