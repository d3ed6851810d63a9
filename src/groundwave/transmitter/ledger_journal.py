"""
The ledger's disk: numbered records in files that grow at their end and rotate.

Laws:

* An append is there whole or not at all, to the process and to its successor.
* What a crash or a full disk has torn off is behind the last line end of a file
  and is cut away by the next append; a damaged line costs that line only.
* Files are read, never held open: nothing here counts on the folder being left
  alone.

A file is named by the number of its first record. A line is a CRC-32 in hex, the
number, and the record as JSON.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from groundwave.patchbay.wholefile import sync_folder


@dataclass(frozen=True, slots=True)
class Entry:
    """One record; *end* is the offset in its file behind it."""

    number: int
    body: bytes
    end: int = 0


class Journal:
    """
    The files in *folder*, oldest first.

    Args:
        folder: made if need be.
        file_bytes: at which size a new file is begun.

    Attributes:
        damaged: how many lines of an earlier run are not what was written.

    Raises:
        OSError: the folder cannot be made or read.
    """

    def __init__(self, folder: Path, *, file_bytes: int) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._file_bytes = file_bytes
        paths = [path for path in folder.glob("*.journal") if path.stem.isdecimal()]
        self._files = [_JournalFile.found(path) for path in sorted(paths, key=_first)]
        self.damaged = sum(file.damaged for file in self._files)

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(file.size for file in self._files)

    @property
    def last(self) -> int:
        """The highest number an earlier run has written; 0 for none."""
        return max((file.last for file in self._files), default=0)

    def append(self, entries: Sequence[Entry]) -> None:
        """
        Write *entries*, whose numbers go on from the last, and wait for the disk.

        Raises:
            OSError: nothing was written.
        """
        if not self._files or self._files[-1].size >= self._file_bytes:
            number = entries[0].number
            path = self._folder / f"{number:012}.journal"
            self._files.append(_JournalFile(path, number))
        self._files[-1].append(b"".join(map(_line, entries)))

    def entries_after(self, number: int) -> Iterator[Entry]:
        """
        Yield what is on disk behind *number*, which never goes back between calls.

        Raises:
            OSError: a file that is there cannot be read.
        """
        for file in self._files:
            yield from file.entries_after(number)

    def forget(self, number: int) -> None:
        """
        Remove the files that hold nothing behind *number*.

        Raises:
            OSError: one cannot be removed.
        """
        while len(self._files) > 1 and self._files[1].first <= number + 1:
            self._files[0].path.unlink(missing_ok=True)
            del self._files[0]


@dataclass(slots=True)
class _JournalFile:
    """
    One file.

    Attributes:
        first: the number of its first record.
        last: the number of its last record, when it was found.
        size: the bytes of its whole lines; what is behind them is torn.
        done: the offset before which nothing will be asked for again.
        damaged: whole lines that are not what was written.
    """

    path: Path
    first: int
    last: int = 0
    size: int = 0
    done: int = 0
    damaged: int = 0

    @classmethod
    def found(cls, path: Path) -> _JournalFile:
        content = path.read_bytes()
        lines = content.count(b"\n")
        file = cls(path, _first(path), size=content.rfind(b"\n") + 1)
        numbers = [entry.number for entry in file.entries()]
        file.last = max([file.first + lines - 1, *numbers])
        file.damaged = lines - len(numbers)
        return file

    def append(self, data: bytes) -> None:
        opened = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            # Less than we wrote: someone has cleared the folder under our feet.
            self.size = min(self.size, os.fstat(opened).st_size)
            os.ftruncate(opened, self.size)
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(opened, rest) :]
            os.fsync(opened)
        finally:
            os.close(opened)
        if self.size == 0:
            sync_folder(self.path.parent)
        self.size += len(data)

    def entries(self) -> Iterator[Entry]:
        """Yield what is whole and undamaged from ``done`` on."""
        try:
            content = self.path.open("rb")
        except FileNotFoundError:
            return
        with content:
            content.seek(self.done)
            end = self.done
            while end < self.size and (line := content.readline()):
                end += len(line)
                if entry := _entry(line, end):
                    yield entry

    def entries_after(self, number: int) -> Iterator[Entry]:
        if self.done >= self.size:
            return
        for entry in self.entries():
            if entry.number > number:
                yield entry
            else:
                self.done = entry.end


def _line(entry: Entry) -> bytes:
    numbered = b"%d %b" % (entry.number, entry.body)
    return b"%08x %b\n" % (zlib.crc32(numbered), numbered)


def _entry(line: bytes, end: int) -> Entry | None:
    """Return what *line* holds; ``None`` if it is damaged."""
    checksum, _, numbered = line.rstrip(b"\n").partition(b" ")
    if checksum != b"%08x" % zlib.crc32(numbered):
        return None
    number, _, body = numbered.partition(b" ")
    return Entry(int(number), body, end)


def _first(path: Path) -> int:
    return int(path.stem)
