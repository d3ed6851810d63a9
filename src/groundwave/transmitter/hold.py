"""
What people hold on the air by hand, kept beside the line-up.

A hold is good until somebody gives the air back: a station that is opened anew and a
transmitter that is started again go on with it.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec
import structlog

from groundwave.patchbay.messages import Role
from groundwave.patchbay.wholefile import write_whole


log = structlog.get_logger()

# A disk that hangs must not keep the transmitter from ending.
PATIENCE_SECONDS = 5.0


class Holds:
    """
    The roles held, by station; written to *path* after every change.

    Make it on the event loop. The disk is a thread's business, and the newest wins.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held = _read(path)
        self._is_written = True
        self._writing: asyncio.Task[None] | None = None

    def get(self, slug: str) -> Role | None:
        """Return what a person holds on the air of station *slug*."""
        return self._held.get(slug)

    def keep(self, slug: str, role: Role | None) -> None:
        """Remember that *role* is held, or nothing any more."""
        if self._held.get(slug) is role:
            return
        if role is None:
            del self._held[slug]
        else:
            self._held[slug] = role
        self._is_written = False
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())

    async def close(self) -> None:
        """Wait until the last change is on the disk."""
        if self._writing is not None:
            await asyncio.wait([self._writing], timeout=PATIENCE_SECONDS)

    async def _write(self) -> None:
        while not self._is_written:
            self._is_written = True
            data = msgspec.json.encode(self._held)
            try:
                await asyncio.to_thread(_save, self._path, data)
            except OSError as error:
                log.error("holds_not_saved", reason=str(error))


def _read(path: Path) -> dict[str, Role]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Role])
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as fault:
        # The chain decides well enough until somebody holds again.
        log.warning("holds_unreadable", path=str(path), reason=str(fault))
        return {}


def _save(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, data + b"\n")
