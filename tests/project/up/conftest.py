from __future__ import annotations

import contextlib
import os
import queue
import time
from pathlib import Path

import pytest

from groundwave.project.up.keeper import Keeper, Kept
from groundwave.project.up.programs import Program


PATIENCE = 30.0


class Lines(queue.Queue):
    """What programs print, and what is said of them."""

    def say(self, program, line):
        self.put((program.name, line))

    def until(self, name, beginning):
        """Return the rest of the next line of *name* that begins so."""
        while True:
            said, line = self.get(timeout=PATIENCE)
            if said == name and line.startswith(beginning):
                return line.removeprefix(beginning).strip()


@pytest.fixture
def lines():
    return Lines()


@pytest.fixture
def hand(lines, tmp_path):
    """The end of the leash that ``up`` holds, and what programs are started with."""
    leash, hand = os.pipe()
    variables = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    yield hand, Kept(variables, leash, lines.say)
    os.close(leash)
    with contextlib.suppress(OSError):  # the test let go of it
        os.close(hand)


@pytest.fixture
def program(tmp_path):
    """Make a program of a few lines of Python."""

    def made(name, *source):
        (tmp_path / f"{name}_program.py").write_text("\n".join(source))
        return Program(name, (f"{name}_program",))

    return made


@pytest.fixture
def keep(hand):
    """Start a program and keep it until the test is over."""
    keepers = []

    def kept(program):
        keeper = Keeper(program, hand[1])
        keepers.append(keeper)
        keeper.start()
        return keeper

    yield kept
    for keeper in keepers:
        keeper.kill()
        assert keeper.wait(PATIENCE)


def is_gone(pid):
    """Whether there is no such process, within a while."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if _is_dead(pid):
            return True
        time.sleep(0.05)
    return False


def _is_dead(pid):
    """A dead process that nobody has asked after still has its number."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] == "Z"


@pytest.fixture
def gone():
    return is_gone
