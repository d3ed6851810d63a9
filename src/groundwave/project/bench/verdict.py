"""A line that was drawn, and on which side of it a measurement fell."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator

import msgspec

from groundwave import __version__


# Above this the driver, not the server, may be what was measured.
DRIVER_SHARE = 0.90
# An encoder this late has emptied a good part of the listeners' buffers itself.
LATE_SECONDS = 0.5


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """
    A number we defend: *measured* is ``bound`` (at most, at least) *limit*.

    What could not be measured is None, and its line is not met.
    """

    what: str
    limit: float
    unit: str
    measured: float | None
    met: bool
    bound: str = "at most"

    @classmethod
    def draw(
        cls, what: str, *, limit: float, unit: str, measured: float | None
    ) -> Line:
        """Hold *measured* against *limit*."""
        met = measured is not None and measured <= limit
        return cls(what=what, limit=limit, unit=unit, measured=measured, met=met)

    @classmethod
    def at_least(
        cls, what: str, *, limit: float, unit: str, measured: float | None
    ) -> Line:
        """Hold *measured* against a *limit* from below."""
        met = measured is not None and measured >= limit
        return cls(
            what=what,
            limit=limit,
            unit=unit,
            measured=measured,
            met=met,
            bound="at least",
        )

    @classmethod
    def for_driver(cls, share: float) -> Line:
        """Draw the line that the listener driver itself has to keep."""
        return cls.draw(
            "the listener driver's own CPU; above it the run cannot be trusted",
            limit=DRIVER_SHARE,
            unit="of a core",
            measured=share,
        )


def late_encoder(server: str, seconds: float) -> Iterator[str]:
    """Say so where the machine kept the bench's own encoder from its pace."""
    if seconds > LATE_SECONDS:
        yield (
            f"The bench's own encoder was up to {seconds:.1f} s late for {server}: the "
            "machine was too busy, and its listeners' silences may not be its fault."
        )


class Machine(msgspec.Struct, frozen=True):
    """Where it was measured; numbers of two machines do not compare."""

    cores: int
    system: str
    python: str

    @classmethod
    def this(cls) -> Machine:
        """Describe the machine that this runs on."""
        return cls(os.cpu_count() or 1, platform.platform(), platform.python_version())


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """
    What a bench found; each bench adds its figures.

    Attributes:
        unmeasured: a sentence for everything that could not be measured.
    """

    bench: str
    groundwave: str = __version__
    machine: Machine = msgspec.field(default_factory=Machine.this)
    lines: tuple[Line, ...]
    unmeasured: tuple[str, ...] = ()

    @property
    def met(self) -> bool:
        """Whether every line was met."""
        return all(line.met for line in self.lines)
