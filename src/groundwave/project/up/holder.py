"""Who listens on a port, where the system lets us know (Linux, our own processes)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


LISTENING = "0A"
_PROC = Path("/proc")


def holder_of(port: int) -> str:
    """Return the program on *port* and its process number, or nothing."""
    sockets = {f"socket:[{inode}]" for inode in _inodes(port)}
    for process in _PROC.glob("[0-9]*") if sockets else ():
        # Most processes are other people's, and any may be gone by now.
        with suppress(OSError):
            if sockets.intersection(_open_files(process)):
                return f"{_name(process)} (process {process.name})"
    return ""


def _inodes(port: int) -> Iterator[str]:
    for table in ("tcp", "tcp6"):
        with suppress(OSError):
            for line in (_PROC / "net" / table).read_text().splitlines()[1:]:
                fields = line.split()
                if fields[3] == LISTENING and fields[1].endswith(f":{port:04X}"):
                    yield fields[9]


def _open_files(process: Path) -> Iterator[str]:
    for link in (process / "fd").iterdir():
        with suppress(FileNotFoundError):  # closed since it was listed
            yield str(link.readlink())


def _name(process: Path) -> str:
    words = (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
    named = " ".join([Path(words[0]).name, *words[1:]]).strip()
    return named if len(named) <= 60 else f"{named[:60]}…"
