"""
Where a unix socket's file lies, and who may lie in its way.

Laws:

* Only the user who runs Groundwave can reach the socket: its folder is 0700, the
  file 0600.
* Whoever serves a path holds a lock beside it, which dies with the process, so
  that two that start at once cannot both believe that the path is free.
* A socket file is removed only when nothing answers on it; anything that is not
  a socket is never removed.
* A path of any length works where the system lets one be shortened, and is
  refused in a sentence elsewhere: a socket's address holds about 100 bytes.
"""

from __future__ import annotations

import fcntl
import os
import socket
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from groundwave.patchbay.errors import AlreadyServed, PathUnusable


# sun_path is 108 bytes on Linux and 104 elsewhere, a zero byte included.
LONGEST_ADDRESS = 107 if sys.platform == "linux" else 103
PROBE_SECONDS = 1.0

_OPEN_FOLDERS = Path("/proc/self/fd")


@contextmanager
def address_of(path: Path) -> Iterator[str]:
    """
    Yield a name for *path* that fits a socket's address, good inside the block.

    Raises:
        PathUnusable: the path is too long for this system; the sentence says so.
        OSError: its folder cannot be opened.
    """
    if _fits(str(path)):
        yield str(path)
        return
    if not _OPEN_FOLDERS.is_dir():
        raise _too_long(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        short = f"{_OPEN_FOLDERS}/{folder}/{path.name}"
        if not _fits(short):
            raise _too_long(path)
        yield short
    finally:
        os.close(folder)


@contextmanager
def bound_socket(path: Path) -> Iterator[socket.socket]:
    """
    Hold *path* for the block and yield a socket bound to it, not yet listening.

    Raises:
        AlreadyServed: another process holds it, or something answers on it.
        PathUnusable: no socket can be made there.
    """
    with (
        _reserved(path),
        # Open throughout: newer asyncio looks the socket's own name up again.
        address_of(path) as address,
        socket.socket(socket.AF_UNIX) as sock,
    ):
        _bind(sock, address, path)
        try:
            path.chmod(0o600)
            yield sock
        finally:
            path.unlink(missing_ok=True)


@contextmanager
def _reserved(path: Path) -> Iterator[None]:
    try:
        _private_folder(path.parent)
        lock = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as problem:
        raise PathUnusable(
            f"The folder {path.parent} cannot be used ({problem.strerror}); make it "
            "belong to the user who runs Groundwave, or set GROUNDWAVE_DATA."
        ) from problem
    try:
        _lock(lock, path)
        _remove_stale(path)
        yield
    finally:
        os.close(lock)


def _bind(sock: socket.socket, address: str, path: Path) -> None:
    try:
        sock.bind(address)
    except OSError as problem:
        raise PathUnusable(
            f"No socket can be made at {path} ({problem.strerror}); set "
            "GROUNDWAVE_DATA to a folder on a local disk."
        ) from problem


def _private_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if stat.S_IMODE(folder.stat().st_mode) != 0o700:
        folder.chmod(0o700)


def _lock(lock: int, path: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise _already_served(path) from None


def _remove_stale(path: Path) -> None:
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISSOCK(mode):
        raise PathUnusable(
            f"{path} is in the way and is not a socket; move it elsewhere and start "
            "again."
        )
    if _answers(path):
        raise _already_served(path)
    path.unlink(missing_ok=True)


def _answers(path: Path) -> bool:
    with address_of(path) as address, socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(PROBE_SECONDS)
        try:
            probe.connect(address)
        except (ConnectionRefusedError, FileNotFoundError):
            return False
        except OSError:
            return True  # it refuses us or is too busy: there is someone
    return True


def _fits(address: str) -> bool:
    return len(os.fsencode(address)) <= LONGEST_ADDRESS


def _too_long(path: Path) -> PathUnusable:
    return PathUnusable(
        f"{path} is too long for a socket on this system; set GROUNDWAVE_DATA to a "
        f"folder with a shorter path (the socket's may have {LONGEST_ADDRESS} bytes)."
    )


def _already_served(path: Path) -> AlreadyServed:
    return AlreadyServed(
        f"Another transmitter already answers on {path}; stop it first, or give this "
        "one a GROUNDWAVE_DATA of its own."
    )
