"""
What can go wrong with a tape, as facts.

* ``TapeError``

  * ``NameUnsafe``: a station or rendition has a name that cannot be a folder's.
  * ``TapeNotWritten``: the disk refused; live goes on and the tape has to wait.
  * ``NotOnTape``: what was asked for is not there, or no longer.
  * ``SpanUnclear``: a query does not say which span of time is meant.

``str(error)`` is always a sentence that says what to do next.
"""

from __future__ import annotations

import errno
from pathlib import Path


_FULL = {errno.ENOSPC, errno.EDQUOT}


class TapeError(Exception):
    """Something about the tape went wrong."""


class NameUnsafe(TapeError):
    """
    A name could lead out of the tape's folder.

    Attributes:
        name: as it was given.
    """

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name!r} cannot name a folder on the tape; use lower-case letters, "
            "digits, hyphens and underscores, 64 at most."
        )
        self.name = name


class TapeNotWritten(TapeError):
    """
    The disk did not take a segment. What was there before is as it was.

    Attributes:
        folder: the tape's.
        cause: what the operating system said.
        is_full: whether freeing space would help.
    """

    def __init__(self, folder: Path, cause: OSError) -> None:
        self.folder, self.cause = folder, cause
        self.is_full = cause.errno in _FULL
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        if self.is_full:
            return (
                f"The disk is full: nothing more fits on the tape in {self.folder}; "
                "live goes on. Free space, or keep fewer hours of tape."
            )
        return (
            f"The tape in {self.folder} cannot be written "
            f"({self.cause.strerror or self.cause}); live goes on. "
            "Check that the disk is there and the folder belongs to Groundwave."
        )


class NotOnTape(TapeError):
    """What was asked for was never recorded, is forgotten, or is damaged."""

    def __init__(
        self,
        sentence: str = (
            "This part of the programme is not on the tape, or no longer. "
            "Load the playlist again."
        ),
    ) -> None:
        super().__init__(sentence)


class SpanUnclear(TapeError):
    """``from`` and ``to`` do not name a span of time that can be played."""
