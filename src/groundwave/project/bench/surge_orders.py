"""
What the bench, the open pages and the editor of a surge say to each other.

A JSON line each. Instants are seconds of the machine's monotonic clock, which all
its processes share.
"""

from __future__ import annotations

import msgspec


# In the text of the update of that number; pages look for it in what they are told.
MARK = "Bench update {}."


class OpenPages(msgspec.Struct, frozen=True, kw_only=True):
    """How many pages to keep open, over what time to open them, and for how long."""

    host: str
    port: int
    path: str
    pages: int
    source_address: str
    spread_seconds: float
    hold_seconds: float


class PagesOpen(msgspec.Struct, frozen=True, tag=True):
    """As many are open as could be opened."""

    opened: int


class PagesTold(msgspec.Struct, frozen=True, tag=True):
    """
    What pages were told by the end.

    Attributes:
        told_at: by update, when each page that was told of it was.
        lost: pages that could not be opened, or whose line ended.
        cpu, wall: seconds of the driver's CPU, and of the clock, after all were open.
    """

    told_at: dict[int, list[float]]
    lost: int
    cpu: float
    wall: float


class Written(msgspec.Struct, frozen=True, tag=True):
    """The editor has a story on the site."""

    path: str


class Published(msgspec.Struct, frozen=True, tag=True):
    """An update was published: from the editor's press to the end of it."""

    number: int
    began: float
    done: float
