"""
What a process costs, as Linux accounts for it in ``/proc``.

CPU is user plus system time. On loopback the sender's system time includes the
receiver's half of TCP: what is compared must be read by the same driver.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from groundwave.project.bench.errors import Unmeasurable


PROC = Path("/proc")
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


class Vitals(msgspec.Struct, frozen=True):
    """
    One process at one moment.

    Attributes:
        cpu: seconds of CPU since it started.
        children_cpu: of its descendants, those that have ended included.
        rss, peak_rss: resident memory, and the most it ever was, in bytes.
        children_rss: resident memory of its descendants, in bytes; pages that
            they share are counted for each.
    """

    cpu: float
    children_cpu: float
    rss: int
    peak_rss: int
    children_rss: int
    fds: int
    threads: int
    children: int

    @classmethod
    def of(cls, pid: int) -> Vitals:
        """
        Take the vitals of process *pid*.

        Raises:
            Unmeasurable: the process is gone.
        """
        try:
            return cls._read(pid)
        except (FileNotFoundError, ProcessLookupError):
            raise Unmeasurable(
                f"Process {pid} ended while it was measured; its log says why."
            ) from None

    @classmethod
    def _read(cls, pid: int) -> Vitals:
        own, memory = _stat(pid), _status(pid)
        children = list(filter(None, map(_child, _descendants(pid))))
        return cls(
            cpu=_cpu(own[11:13]),
            children_cpu=_cpu(own[13:15]) + sum(cpu for cpu, _ in children),
            rss=memory["VmRSS"],
            peak_rss=memory["VmHWM"],
            children_rss=sum(rss for _, rss in children),
            fds=sum(1 for _ in PROC.joinpath(str(pid), "fd").iterdir()),
            threads=int(own[17]),
            children=len(children),
        )


def machine_cpu() -> float:
    """Return the seconds of CPU that all processes and the kernel have used."""
    numbers = PROC.joinpath("stat").read_text().partition("\n")[0].split()[1:]
    user, nice, system, _idle, _iowait, irq, softirq = map(int, numbers[:7])
    return (user + nice + system + irq + softirq) / TICKS_PER_SECOND


def _stat(pid: int) -> list[str]:
    """Return the fields of ``/proc/PID/stat`` that follow the command's name."""
    text = PROC.joinpath(str(pid), "stat").read_text()
    return text.rpartition(") ")[2].split()


def _status(pid: int) -> dict[str, int]:
    """Return the ``Vm…`` lines of ``/proc/PID/status``, in bytes."""
    lines = PROC.joinpath(str(pid), "status").read_text().splitlines()
    fields = (line.partition(":") for line in lines if line.startswith("Vm"))
    return {name: int(value.split()[0]) * 1024 for name, _, value in fields}


def _cpu(ticks: list[str]) -> float:
    return sum(map(int, ticks)) / TICKS_PER_SECOND


def _child(pid: int) -> tuple[float, int] | None:
    """Return the CPU and the memory of a living process, its own children's too."""
    try:
        return _cpu(_stat(pid)[11:15]), _status(pid)["VmRSS"]
    except (FileNotFoundError, ProcessLookupError, KeyError):
        return None  # it ended meanwhile; what has ended has no VmRSS


def _descendants(pid: int) -> Iterator[int]:
    parents = dict(_parents())
    family = {pid}
    # Children are mostly younger than their parents; until nobody is added.
    while new := {c for c, p in parents.items() if p in family} - family:
        family |= new
    yield from family - {pid}


def _parents() -> Iterator[tuple[int, int]]:
    for folder in PROC.iterdir():
        if not folder.name.isdecimal():
            continue
        try:
            yield int(folder.name), int(_stat(int(folder.name))[1])
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended meanwhile
