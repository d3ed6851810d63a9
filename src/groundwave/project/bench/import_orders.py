"""What the bench, the made-up network and the importer say to each other, a JSON line each."""

from __future__ import annotations

from datetime import datetime

import msgspec


class Serve(msgspec.Struct, frozen=True):
    """How many stories to have on each shelf, the first of them changed at *begun*."""

    documents: int
    begun: datetime


class Open(msgspec.Struct, frozen=True, tag=True):
    """The made-up network answers at *port*."""

    port: int


class Import(msgspec.Struct, frozen=True, kw_only=True):
    """
    What to import from where, and among how many stories.

    Attributes:
        origin: of the made-up network.
        archives: how many stories are to be there before each import, rising.
    """

    origin: str
    documents: int
    archives: tuple[int, ...]


class Doing(msgspec.Struct, frozen=True, tag=True):
    """What goes on now, and how far it has come: *done* of *total*."""

    text: str
    done: int
    total: int


class Round(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """
    What one round over all documents took.

    Attributes:
        archive: stories that were there before.
        kind: ``new``, ``unchanged`` or ``changed``.
        live: how many of the documents are a live story of that version afterwards.
        seconds, cpu: until readers had all of them, with their pictures fetched.
        indexing: seconds until they were found as well, and their references known.
        tasks: that the worker had to do for that, for one document.
        queries: of the database for one document, its tasks not counted, nor savepoints.
        slowest: seconds for the slowest document, that of the asking included.
        peak_rss: most memory that the importer ever had, in bytes.
        bytes: how large the database is, in bytes.
    """

    archive: int
    kind: str
    documents: int
    live: int
    seconds: float
    cpu: float
    indexing: float
    tasks: float
    queries: float
    slowest: float
    peak_rss: int
    bytes: int

    @property
    def each_second(self) -> float:
        """Documents in a second, from asking for the first to indexing the last."""
        return self.documents / (self.seconds + self.indexing)


class Done(msgspec.Struct, frozen=True, tag=True):
    """There is no more to measure."""
