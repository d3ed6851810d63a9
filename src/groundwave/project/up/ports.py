"""Whether the ports are free, and if not, who has them and which variable moves us."""

from __future__ import annotations

import errno
import shutil
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

from groundwave.patchbay.environment import Environment
from groundwave.project.up.errors import PortTaken


@dataclass(frozen=True, slots=True)
class Port:
    """A port that Groundwave listens on."""

    number: int
    purpose: str
    variable: str
    note: str = ""


def our_ports(environment: Environment) -> tuple[Port, ...]:
    """Return every port a whole Groundwave listens on."""
    return (
        Port(environment.site_port, "the pages", "GROUNDWAVE_SITE_PORT"),
        Port(environment.air_port, "listeners and encoders", "GROUNDWAVE_AIR_PORT"),
        Port(
            environment.shoutcast_port,
            "SHOUTcast encoders",
            "GROUNDWAVE_AIR_PORT",
            note=" (they use that number plus one)",
        ),
    )


def check_ports(environment: Environment) -> None:
    """
    Make sure that every port can be listened on.

    Raises:
        PortTaken: one cannot; says which variable to change.
    """
    for port in our_ports(environment):
        _check(environment.bind, port)


def _check(bind: str, port: Port) -> None:
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind, port.number))
            probe.listen(1)
        except OSError as problem:
            raise PortTaken(_why_not(bind, port, problem)) from problem


def _why_not(bind: str, port: Port, problem: OSError) -> str:
    move = f"Set {port.variable} to another number{port.note}"
    match problem.errno:
        case errno.EADDRINUSE:
            who = holder(port.number)
            by = f" by {who}" if who else " by another program"
            stop = " or stop that program" if who else ""
            return (
                f"Port {port.number}, for {port.purpose}, is taken{by}. {move}{stop},"
                " and try again. Nothing was started."
            )
        case errno.EACCES:
            return (
                f"Port {port.number}, for {port.purpose}, may not be used by this user."
                f" {move} above 1023, and try again."
            )
        case _:
            return (
                f"{bind} port {port.number}, for {port.purpose}, cannot be listened on:"
                f" {problem.strerror}. Set GROUNDWAVE_BIND to an address of this machine."
            )


def holder(port: int) -> str:
    """Return who listens on *port*, as "icecast2 (process 812)"; empty if unknown."""
    if Path("/proc/net/tcp").exists():
        return _holder_in_proc(port)
    return _holder_by_lsof(port)


def _holder_in_proc(port: int) -> str:
    sockets = {f"socket:[{inode}]" for inode in _listening(port)}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            links = {str(link.readlink()) for link in (folder / "fd").iterdir()}
        except OSError:
            continue  # it has just ended, or is not ours to look into
        if links & sockets:
            return f"{_name(folder)} (process {folder.name})"
    return ""


def _listening(port: int) -> list[str]:
    """Return the inodes of sockets in state 0A, listening, on *port*."""
    inodes = []
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        if not Path(table).exists():
            continue
        for line in Path(table).read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and int(fields[1].rpartition(":")[2], 16) == port:
                inodes.append(fields[9])
    return inodes


def _name(folder: Path) -> str:
    words = (folder / "cmdline").read_bytes().split(b"\0")
    spoken = b" ".join(words).decode(errors="replace")
    if "groundwave" in spoken:
        return f"another part of Groundwave, “{spoken.strip()[-60:]}”"
    return (folder / "comm").read_text().strip()


def _holder_by_lsof(port: int) -> str:
    program = shutil.which("lsof")
    if program is None:
        return ""
    asked = [program, "-nP", f"-iTCP:{port}", "-sTCP:LISTEN", "-Fpc"]
    said = subprocess.run(asked, capture_output=True, text=True, check=False).stdout  # noqa: S603
    found = {line[:1]: line[1:] for line in said.splitlines()}
    return f"{found['c']} (process {found['p']})" if {"c", "p"} <= found.keys() else ""
