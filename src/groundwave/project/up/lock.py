"""One ``groundwave up`` for one data folder, held by a lock that a crash lets go of."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from groundwave.project.up.errors import AlreadyUp, NotPrepared


@contextmanager
def held(data: Path) -> Iterator[None]:
    """
    Hold the data folder, which is made if need be, for this process alone.

    Raises:
        AlreadyUp: another process holds it.
        NotPrepared: the folder cannot be made or written.
    """
    try:
        make_folders(data)
        descriptor = os.open(lock_file(data), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as problem:
        raise NotPrepared(
            f"The data folder {data} cannot be used: {problem.strerror}. Make it"
            " writable, or set GROUNDWAVE_DATA to another folder."
        ) from problem
    with os.fdopen(descriptor, "r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            holder = file.read().strip() or "unknown"
            raise AlreadyUp(
                f"Groundwave is already up on {data} (process {holder}). Use that one,"
                " or stop it with Ctrl-C in its window and try again."
            ) from taken
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        yield


def lock_file(data: Path) -> Path:
    """Return the file that is locked; it holds the holder's process id."""
    return data / "run" / "up.lock"


def make_folders(data: Path) -> None:
    """Make the folders that hold what nobody else may read."""
    for folder in (data, data / "run", data / "transmitter", data / "tape"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (data / "run").chmod(0o700)
