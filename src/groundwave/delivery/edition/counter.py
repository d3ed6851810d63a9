"""
The number that every process of this machine sees at once: a small file in their memory.

The file holds two numbers of eight bytes. The first goes up by one with every reason to
make pages anew, and never goes down. The second is the database's number, as this
machine last heard it. Reading costs a look into memory; counting up takes the file's
lock, which the system lets go of should the holder be killed.
"""

from __future__ import annotations

import fcntl
import mmap
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path


_BYTES = 16
_LOCAL, _HEARD = 0, 1


class Counter:
    """The number of the edition on this machine, in the file *path*."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path = path
        with self._locked() as descriptor:
            if os.fstat(descriptor).st_size < _BYTES:
                os.ftruncate(descriptor, _BYTES)
            self._map = mmap.mmap(descriptor, _BYTES)
        self._numbers = memoryview(self._map).cast("Q")

    @property
    def number(self) -> int:
        """The edition in which a page that is begun now will be made."""
        return self._numbers[_LOCAL]

    def advance(self, committed: int | None) -> None:
        """
        Count up after a commit of this machine's.

        *committed* is the database's number in that commit, if there is one: what was
        committed up to it is covered, and need not be counted again when it is heard.
        """
        with self._locked():
            self._numbers[_LOCAL] += 1
            if committed is not None:
                self._numbers[_HEARD] = committed

    def hear(self, committed: int) -> None:
        """Count up if the database's number is not what was last heard."""
        if committed == self._numbers[_HEARD]:
            return
        with self._locked():
            # Of two processes that hear of it, one counts.
            if committed != self._numbers[_HEARD]:
                self._numbers[_LOCAL] += 1
                self._numbers[_HEARD] = committed

    @contextmanager
    def _locked(self) -> Iterator[int]:
        # Opened anew each time: two threads with one descriptor would share the lock.
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield descriptor
        finally:
            # Closing is not enough: a map keeps a copy of what it was made from.
            fcntl.flock(descriptor, fcntl.LOCK_UN)
            os.close(descriptor)


@cache
def counter(data: Path) -> Counter:
    """Return this process's counter of the installation in the folder *data*."""
    return Counter(data / "run" / "edition")
