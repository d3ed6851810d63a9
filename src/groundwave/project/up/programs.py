"""The programs that make up a station, and how each is started."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

from groundwave.patchbay.environment import Environment


@dataclass(frozen=True, slots=True)
class Program:
    """
    A part of the running station.

    Attributes:
        name: what it is called in front of what it prints.
        words: the Python module to run, and what it is told.
        color: of its name, for a terminal.
    """

    name: str
    words: tuple[str, ...]
    color: str = "white"

    @property
    def command(self) -> list[str]:
        """How to run it by itself."""
        # Nothing in the current folder may pass for one of our modules (-P).
        return [sys.executable, "-P", "-m", *self.words]

    @property
    def leashed_command(self) -> list[str]:
        """How to run it so that it ends with its parent."""
        leash = "groundwave.project.up.leash"
        return [sys.executable, "-P", "-m", leash, *self.words]


TRANSMITTER = Program("transmitter", ("groundwave.transmitter",), "green")
WORKER = Program("worker", ("groundwave", "worker"), "magenta")
PREPARATION = Program("preparing", ("groundwave.project.up.preparing",), "yellow")
SITE = Program("site", ("groundwave.project.site",), "cyan")


def pages(socket: str) -> Program:
    """Return what makes the site's pages for the front that asks at *socket*."""
    return Program("pages", ("groundwave.project.pages", socket))


def demo(station: str) -> Program:
    """Return the demo studio that sends to *station*."""
    return Program("demo", ("groundwave", "demo", station), "blue")


def variables(environment: Environment) -> dict[str, str]:
    """Return what a child is started with: nothing depends on the current folder."""
    return {
        **os.environ,
        "GROUNDWAVE_DATA": str(environment.data),
        "GROUNDWAVE_BIND": environment.bind,
        "GROUNDWAVE_SITE_PORT": str(environment.site_port),
        "GROUNDWAVE_AIR_PORT": str(environment.air_port),
        "PYTHONUNBUFFERED": "1",
    }
