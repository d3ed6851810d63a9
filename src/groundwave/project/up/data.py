"""The data folder: made for us alone, and held by one ``groundwave up`` at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from groundwave.project.up.errors import AlreadyUp, DataUnusable


PRIVATE = 0o700


@contextmanager
def held(data: Path) -> Iterator[None]:
    """
    Make *data* if need be and hold it for the block; the lock dies with the process.

    Raises:
        AlreadyUp: somebody else holds it.
        DataUnusable: it cannot be written.
    """
    lock = _opened(data)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyUp(_already(data, os.pread(lock, 20, 0))) from None
        os.ftruncate(lock, 0)
        os.pwrite(lock, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(lock)


def _opened(data: Path) -> int:
    run = data / "run"
    try:
        data.mkdir(PRIVATE, parents=True, exist_ok=True)
        run.mkdir(PRIVATE, exist_ok=True)
        run.chmod(PRIVATE)
        return os.open(run / "up.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as problem:
        raise DataUnusable(
            f"The data folder {data} cannot be written ({problem.strerror}); make it "
            "belong to the user who runs Groundwave, or set GROUNDWAVE_DATA to another."
        ) from problem


def _already(data: Path, holder: bytes) -> str:
    who = f" (process {holder.decode()})" if holder.isdigit() else ""
    return (
        f"Groundwave is up already on {data}{who}; press Ctrl-C there first, or set "
        "GROUNDWAVE_DATA to another folder and GROUNDWAVE_SITE_PORT and "
        "GROUNDWAVE_AIR_PORT to other ports."
    )
