"""
Keeps one program running: starts it, hands on what it prints, starts it again.

Laws:

* A program that ends is started again, after a wait that doubles with each end and is
  short again once it has run for a while. ``end`` is the only thing that stops that.
* Whatever a program leaves behind in its process group is gone before it is started
  again, so that nothing of the old one holds a port against the new one.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from groundwave.project.up.programs import Program


SHORTEST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 15.0
STEADY_SECONDS = 30.0


Say = Callable[[Program, str], None]


@dataclass(frozen=True, slots=True)
class Kept:
    """
    What programs are started with.

    Attributes:
        variables: their environment.
        leash: the read end of a pipe whose write end this process alone holds.
        say: called with each line a program prints, and with what happens to it.
    """

    variables: Mapping[str, str]
    leash: int
    say: Say


class Keeper:
    """
    One program, kept running from ``start`` until ``end``.

    It is not started before *after* returns, which gives up when its event is set.
    """

    def __init__(
        self,
        program: Program,
        kept: Kept,
        *,
        after: Callable[[threading.Event], object] | None = None,
    ) -> None:
        self.program = program
        self._after = after
        self._kept = kept
        self._ending = threading.Event()
        self._turn = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._thread = threading.Thread(target=self._keep, name=program.name)

    @property
    def pid(self) -> int | None:
        """Its process number while it runs."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the program; it is kept from now on."""
        self._thread.start()

    def end(self) -> None:
        """Ask the program to end, and let it."""
        with self._turn:
            self._ending.set()
            if self._process:
                # It is not reaped while it is ours to see, so the number is its own.
                os.kill(self._process.pid, signal.SIGTERM)

    def kill(self) -> None:
        """End the program and all that it started, at once."""
        with self._turn:
            self._ending.set()
            if self._process:
                _sweep(self._process.pid)

    def wait(self, seconds: float) -> bool:
        """Return whether it is gone, giving it so long."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _keep(self) -> None:
        if self._after:
            self._after(self._ending)
        wait = SHORTEST_WAIT_SECONDS
        while not self._ending.is_set():
            began = time.monotonic()
            ending = self._run_once()
            if time.monotonic() - began > STEADY_SECONDS:
                wait = SHORTEST_WAIT_SECONDS
            if self._ending.is_set():
                return
            self._kept.say(
                self.program, f"It {ending} and is started again in {wait:g} s."
            )
            self._ending.wait(wait)
            wait = min(wait * 2, LONGEST_WAIT_SECONDS)

    def _run_once(self) -> str:
        """Run it to its end; return what became of it."""
        try:
            with self._turn:
                if self._ending.is_set():
                    return "was not wanted any more"
                process = self._process = started(self.program, self._kept)
        except OSError as problem:
            return f"could not be started ({problem.strerror})"
        return f"ended ({_ending_of(self._attended(process))})"

    def _attended(self, process: subprocess.Popen[str]) -> int:
        """Hand on what it prints until it ends; return its exit status."""
        lines = process.stdout or ()
        reader = threading.Thread(target=self._read, args=[lines], daemon=True)
        reader.start()
        _await_end(process)
        with self._turn:
            # Not reaped yet, so that its number is still its group's and nobody else's.
            _sweep(process.pid)
            status = process.wait()
            self._process = None
        reader.join()
        if process.stdout:
            process.stdout.close()
        return status

    def _read(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._kept.say(self.program, line.rstrip())


def started(
    program: Program, kept: Kept, *, errors: int = subprocess.STDOUT
) -> subprocess.Popen[str]:
    """Start *program* in a group of its own, on the leash, with its output piped."""
    return subprocess.Popen(  # noqa: S603
        program.leashed_command,
        env=kept.variables,
        stdin=kept.leash,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
        errors="replace",
        start_new_session=True,
    )


def _await_end(process: subprocess.Popen[str]) -> None:
    if hasattr(os, "waitid"):
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    else:
        process.wait()


def _sweep(group: int) -> None:
    # macOS says "not permitted" of a group that has nothing left but its dead leader.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def _ending_of(status: int) -> str:
    if status >= 0:
        return f"status {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"
