"""
The tape on disk.

::

    <station>/<rendition>/2026-10-11T09.m4s   the segments' media, one after another
    <station>/2026-10-11T09.index             a line for each of them (``index``)
    <station>/<init id>.mp4                   initialization segments

Laws:

* A segment lies in the UTC hour it starts in. Files only grow at their end; what
  the index vouches for is never written again.
* Media is written before its line. Whatever stops the writer, at any byte, leaves
  bytes past the last good line: they are not there, and the next segment is
  written over them.
* A piece that does not match its CRC is not on the tape.
* Memory holds the hour being written and a few that were asked for lately.

Nothing is flushed to the platter by hand. A killed process loses nothing; a power
cut loses what the kernel had not written, half a minute at most, and the CRCs
say which.

``append``, ``recover`` and ``forget_before`` belong to one thread; the rest may be
called from any.
"""

from __future__ import annotations

import contextlib
import os
import re
import threading
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zlib import crc32

from groundwave.transmitter.tape import index
from groundwave.transmitter.tape.errors import NotOnTape, TapeNotWritten
from groundwave.transmitter.tape.index import Entry, Piece
from groundwave.transmitter.tape.segment import (
    TARGET_SECONDS,
    Segment,
    hour_of,
    named,
    safe_name,
)


HOURS_IN_MEMORY = 4
# What a power cut can leave half-written, and what is looked through for it.
DOUBTFUL_SEGMENTS = 60 // TARGET_SECONDS
# Several lines, and if their titles are long, several of the longest there are.
_TAIL_BYTES = (2048, 65_536)
_HOUR = "%Y-%m-%dT%H"
_INIT = re.compile(r"[0-9a-f]{1,64}")


@dataclass(slots=True)
class _Hour:
    """
    An hour's index as it is on disk.

    ``ends`` says where each entry's line ends; new lines begin after the last.
    """

    number: int
    entries: list[Entry]
    ends: list[int]

    @property
    def size(self) -> int:
        return self.ends[-1] if self.ends else 0

    def media_size(self, rendition: str) -> int:
        """Return where the media ends that the index vouches for."""
        pieces = (entry.pieces.get(rendition) for entry in self.entries)
        return max((piece.end for piece in pieces if piece), default=0)

    def add(self, entry: Entry, end: int) -> None:
        self.ends.append(end)
        self.entries.append(entry)  # last: readers look at entries alone

    def drop_last(self) -> None:
        self.entries.pop()
        self.ends.pop()


class Store:
    """
    One station's tape.

    Attributes:
        begins_at: when its oldest sound was on air, in Unix seconds, if it has any.

    Args:
        folder: the station's own.
        renditions: the names of those it is recorded in.

    Raises:
        NameUnsafe: a rendition's name cannot be a folder's.
    """

    def __init__(self, folder: Path, renditions: Iterable[str]) -> None:
        self.folder = folder
        self.renditions = tuple(safe_name(name) for name in renditions)
        self.begins_at: float | None = None
        self._current = _Hour(-1, [], [])
        self._lately: OrderedDict[int, _Hour] = OrderedDict()
        self._lock = threading.Lock()
        self._inits: set[str] = set()

    # --- writing ----------------------------------------------------------------

    def recover(self) -> Entry | None:
        """
        Return the last segment on the tape, whatever happened to its writer.

        Call it once, before anything is appended. Lines at the end whose media
        never reached the disk are taken out of the index.

        Raises:
            OSError: the folder cannot be read.
        """
        self.begins_at = self._beginning()
        lasts = [self._last_of(hour) for hour in self._numbers()]
        newest = max(filter(None, lasts), key=_sequence, default=None)
        if newest is None:
            return None
        hour = self._take_up(newest.segment.hour)
        self._drop_doubtful(hour)
        return hour.entries[-1] if hour.entries else self.recover()

    def append(self, segment: Segment, init: bytes, media: Mapping[str, bytes]) -> None:
        """
        Write a segment: every rendition's *media*, then its line.

        Raises:
            TapeNotWritten: the disk refused; no trace of the segment is left.
        """
        try:
            self._keep_init(segment.init, init)
            hour = self._take_up(segment.hour)
        except OSError as cause:
            raise TapeNotWritten(self.folder, cause) from cause
        try:
            self._write(hour, segment, media)
        except OSError as cause:
            self._take_back(hour, media)
            raise TapeNotWritten(self.folder, cause) from cause
        if self.begins_at is None:
            self.begins_at = segment.start

    def forget_before(self, instant: float) -> None:
        """
        Delete every hour that was over at *instant*.

        Raises:
            OSError: a file cannot be deleted; those before it are.
        """
        try:
            for hour in self._numbers():
                if hour < hour_of(instant):
                    self._forget(hour)
        finally:
            self.begins_at = self._beginning()

    # --- reading ----------------------------------------------------------------

    def hours(self) -> list[float]:
        """Return when each hour on the tape begins, in Unix seconds, in order."""
        return [hour * 3600.0 for hour in self._numbers()]

    def between(self, start: float, end: float) -> list[Entry]:
        """
        Return what sounded between two instants, in the order it was recorded.

        Where the clock was set back, both passes through the same time are there.

        Raises:
            OSError: the tape cannot be read.
        """
        # A segment that began in the hour before may reach into this one.
        first, last = hour_of(start - TARGET_SECONDS - 1), hour_of(end)
        found = [
            entry
            for number in self._numbers()
            if first <= number <= last
            for entry in tuple(self._hour(number).entries)
            if entry.segment.start < end and entry.segment.end > start
        ]
        return sorted(found, key=_sequence)

    def find(self, name: str) -> Entry:
        """
        Return the entry of the segment called *name*.

        Raises:
            NotOnTape: there is none, or no longer.
            OSError: the tape cannot be read.
        """
        if (known := named(name)) is None:
            raise NotOnTape
        sequence, number = known
        entries = tuple(self._hour(number).entries)
        place = bisect_left(entries, sequence, key=_sequence)
        for entry in entries[place : place + 1]:
            if entry.segment.name == name:
                return entry
        raise NotOnTape

    def read(self, rendition: str, entry: Entry) -> bytes:
        """
        Return the media of one rendition of a segment.

        Raises:
            NotOnTape: it is gone or damaged.
            OSError: the tape cannot be read.
        """
        piece = entry.pieces.get(rendition)
        if piece is None or rendition not in self.renditions:
            raise NotOnTape
        try:
            with self._data(rendition, entry.segment.hour).open("rb") as file:
                file.seek(piece.offset)
                data = file.read(piece.size)
        except FileNotFoundError as gone:
            raise NotOnTape from gone
        if not piece.holds(data):
            raise NotOnTape
        return data

    def init(self, init_id: str) -> bytes:
        """
        Return an initialization segment.

        Raises:
            NotOnTape: this tape has none of that id.
            OSError: the tape cannot be read.
        """
        if not _INIT.fullmatch(init_id):
            raise NotOnTape
        try:
            return self._init(init_id).read_bytes()
        except FileNotFoundError as gone:
            raise NotOnTape from gone

    # --- hours ------------------------------------------------------------------

    def _numbers(self) -> list[int]:
        numbers = (_number(path.stem) for path in self.folder.glob("*.index"))
        return sorted(number for number in numbers if number is not None)

    def _beginning(self) -> float | None:
        hours = (self._load(number).entries for number in self._numbers())
        return next((hour[0].segment.start for hour in hours if hour), None)

    def _hour(self, number: int) -> _Hour:
        with self._lock:
            if self._current.number == number:
                return self._current
            hour = self._past(number)
            self._remember(hour)
            return hour

    def _take_up(self, number: int) -> _Hour:
        """Return the hour to write in; there is one at a time, always in memory."""
        with self._lock:
            if self._current.number != number:
                before, self._current = self._current, self._past(number)
                self._remember(before)
            return self._current

    def _past(self, number: int) -> _Hour:
        return self._lately.pop(number, None) or self._load(number)

    def _remember(self, hour: _Hour) -> None:
        if hour.entries:  # whoever asks for hours that never were displaces none
            self._lately[hour.number] = hour
        if len(self._lately) > HOURS_IN_MEMORY:
            self._lately.popitem(last=False)

    def _load(self, number: int) -> _Hour:
        hour = _Hour(number, [], [])
        with contextlib.suppress(FileNotFoundError):
            for entry, end in index.read(self._index(number).read_bytes()):
                hour.add(entry, end)
        return hour

    def _forget(self, number: int) -> None:
        with self._lock:
            self._lately.pop(number, None)
            if self._current.number == number:
                self._current = _Hour(-1, [], [])
        # The index goes last: without it nobody would look for the media again.
        for name in self.renditions:
            self._data(name, number).unlink(missing_ok=True)
        self._index(number).unlink(missing_ok=True)

    # --- bytes ------------------------------------------------------------------

    def _write(self, hour: _Hour, segment: Segment, media: Mapping[str, bytes]) -> None:
        pieces = {
            name: _put(self._data(name, hour.number), hour.media_size(name), data)
            for name, data in media.items()
        }
        entry = Entry(segment, pieces)
        line = _put(self._index(hour.number), hour.size, index.line(entry))
        hour.add(entry, line.end)

    def _take_back(self, hour: _Hour, media: Mapping[str, bytes]) -> None:
        """Give a full disk back what a refused segment had taken of it."""
        for name in media:
            _cut_off(self._data(name, hour.number), hour.media_size(name))
        _cut_off(self._index(hour.number), hour.size)

    def _keep_init(self, init_id: str, data: bytes) -> None:
        if init_id in self._inits:
            return
        path = self._init(init_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".draft")
        draft.write_bytes(data)
        draft.replace(path)
        self._inits.add(init_id)

    def _last_of(self, number: int) -> Entry | None:
        tails = (self._tail(number, size) for size in _TAIL_BYTES)
        return next((tail[-1] for tail in tails if tail), None)

    def _tail(self, number: int, size: int) -> list[Entry]:
        with self._index(number).open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - size))
            return [entry for entry, _ in index.read(file.read())]

    def _drop_doubtful(self, hour: _Hour) -> None:
        for _ in range(min(DOUBTFUL_SEGMENTS, len(hour.entries))):
            if self._is_readable(hour.entries[-1]):
                break
            hour.drop_last()
        os.truncate(self._index(hour.number), hour.size)

    def _is_readable(self, entry: Entry) -> bool:
        try:
            for name in entry.pieces:
                self.read(name, entry)
        except NotOnTape:
            return False
        return True

    def _data(self, rendition: str, hour: int) -> Path:
        return self.folder / rendition / f"{_stem(hour)}.m4s"

    def _index(self, hour: int) -> Path:
        return self.folder / f"{_stem(hour)}.index"

    def _init(self, init_id: str) -> Path:
        return self.folder / f"{init_id}.mp4"


def _put(path: Path, end: int, data: bytes) -> Piece:
    """Write *data* at *end*, over whatever a torn write has left there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        size = file.tell()
        if size > end:
            file.truncate(end)
        file.write(data)
    return Piece(min(size, end), len(data), crc32(data))


def _cut_off(path: Path, end: int) -> None:
    # A disk that refuses this too is no worse off: the next write begins here.
    with contextlib.suppress(OSError):
        if path.stat().st_size > end:
            os.truncate(path, end)


def _stem(hour: int) -> str:
    return datetime.fromtimestamp(hour * 3600, UTC).strftime(_HOUR)


def _number(stem: str) -> int | None:
    try:
        return hour_of(datetime.strptime(stem, _HOUR).replace(tzinfo=UTC).timestamp())
    except ValueError:  # someone else's file
        return None


def _sequence(entry: Entry) -> int:
    return entry.segment.sequence
