"""
Listening-session records on their way to the site, none of them lost.

Theory of operation: every record gets a number, one more than the one before. It
is kept in memory by ``record``, then on disk by ``flush``, and forgotten when the
site has it. A batch is named by the number of its last record, so that "batch
1500 is kept" means "everything up to record 1500 is stored", whatever happened
to either side in between. Laws:

* ``record`` touches memory only. Everything else may wait for the disk: call it
  in a thread. All of it may be called from any thread, and none of it raises
  because a disk is full or gone: ``trouble`` says so and memory takes over.
* A record that was flushed survives ``kill -9`` at any byte and the loss of power.
  At worst it reaches the site twice, under the same ``id``; the first to come is
  the most exact, so a site that ignores an ``id`` it has is right.
* Who was listening at the last ``checkpoint`` and has no record when the ledger
  is opened again, gets one that ends there.
* What is written is never thrown away for something newer. When the site stays
  away until the journal is full (``JOURNAL_BYTES``, some 600,000 sessions), and
  memory after it, newer records are counted in ``lost`` instead of kept: the gap
  has one beginning and one end, and what was promised is still there.

On disk: the journal; ``kept``, the number of the last record that the site has;
``open.json``, the sessions of the last checkpoint.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from itertools import starmap
from pathlib import Path

import msgspec

from groundwave.patchbay.messages import ListeningSession, SessionsEnded
from groundwave.patchbay.wholefile import write_whole
from groundwave.transmitter.ledger_journal import Entry, Journal


JOURNAL_BYTES = 256 * 1024 * 1024
FILE_BYTES = 4 * 1024 * 1024
IN_MEMORY = 20_000
# Some 3 MB: when the journal has no room for all, it has for the oldest.
WRITTEN_AT_ONCE = 10_000
# A frame of the patchbay carries eight times as much.
BATCH_BYTES = 1024 * 1024

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(ListeningSession).decode
_decode_open = msgspec.json.Decoder(list[ListeningSession]).decode


class Ledger:
    """
    The records of one transmitter; the disk is not touched before first use.

    Args:
        folder: the ledger's own; made when needed.
        max_bytes: how large the journal may grow while the site is away.
        file_bytes: at which size a new journal file is begun.
        in_memory: how many records may wait for the disk.

    Attributes:
        lost: how many records found no room, or were damaged on disk.
    """

    def __init__(
        self,
        folder: Path,
        *,
        max_bytes: int = JOURNAL_BYTES,
        file_bytes: int = FILE_BYTES,
        in_memory: int = IN_MEMORY,
    ) -> None:
        self.lost = 0
        self._folder = folder
        self._max_bytes = max_bytes
        self._file_bytes = file_bytes
        self._in_memory = in_memory
        self._is_ending = False
        self._lock = threading.Lock()
        self._journal: Journal | None = None
        self._unwritten: list[bytes] = []
        self._next = 1  # the number of the first that is unwritten
        self._kept = 0
        self._batch: SessionsEnded | None = None
        self._fault = ""

    @property
    def trouble(self) -> str:
        """A sentence that says what keeps records from the disk; else empty."""
        if not self._fault:
            return ""
        lost = f"; {self.lost} are lost" if self.lost else ""
        return (
            f"{self._fault} Meanwhile {len(self._unwritten)} wait in memory, which "
            f"holds {self._in_memory}{lost}."
        )

    @property
    def waiting(self) -> int:
        """How many records the site does not have yet."""
        return self._next - 1 - self._kept + len(self._unwritten)

    def record(self, session: ListeningSession) -> None:
        """Take the record of a session that has ended; never waits, never raises."""
        if len(self._unwritten) >= self._in_memory and not self._is_ending:
            self.lost += 1
            return
        self._unwritten.append(_encoded(session))

    def expect_the_last(self) -> None:
        """
        Take as many records as come: everybody leaves now, and nobody after them.

        They are in memory already, as listeners; nothing is saved by losing them.
        """
        self._is_ending = True

    def flush(self) -> None:
        """Write what was recorded since; call it once a second."""
        with self._lock:
            self._flush()

    def next_batch(self, limit: int = 500) -> SessionsEnded | None:
        """
        Return the oldest records that the site does not have; ``None`` if it has all.

        The same batch is returned until it is ``kept``.
        """
        with self._lock:
            if self._batch is None and (journal := self._opened()):
                self._batch = self._gathered(journal, limit)
            return self._batch

    def kept(self, batch: int) -> None:
        """Forget *batch*, which the site has stored, if it is the one handed out."""
        with self._lock:
            if self._batch is None or batch != self._batch.batch:
                return
            self._batch = None
            self._kept = batch
            # They may have gone to the site before the disk took them.
            self._forget_unwritten(max(0, batch + 1 - self._next))
            self._forget_written()

    def checkpoint(self, open_sessions: Iterable[ListeningSession]) -> None:
        """
        Remember who is listening now, in place of the last checkpoint.

        The ``ended_at`` of each is the present: when it will have ended if this
        process is killed before the next checkpoint. Call it once a minute.
        """
        content = b"[" + b",\n".join(map(_encoded, open_sessions)) + b"]\n"
        with self._lock:
            # The last checkpoint may be all there is of a record not yet on disk.
            if not self._flush():
                return
            try:
                write_whole(self._folder / "open.json", content)
                self._fault = ""
            except OSError as problem:
                self._cannot_write(problem)

    def close(self) -> None:
        """Write what is left, and that nobody is listening any more."""
        self.checkpoint(())

    # --- from here on the lock is held -----------------------------------------

    def _flush(self) -> bool:
        """Write what is unwritten; return whether nothing is left."""
        journal = self._opened()
        if not journal:
            return False
        # Others append meanwhile; a slice is one step for the interpreter.
        while unwritten := self._unwritten[:WRITTEN_AT_ONCE]:
            if not self._write(journal, unwritten):
                return False
            self._forget_unwritten(len(unwritten))
        return True

    def _opened(self) -> Journal | None:
        """Return the journal, opened on first use; ``None`` while the disk refuses."""
        if self._journal is None:
            try:
                self._journal = self._open()
            except OSError as problem:
                self._cannot_write(problem)
        return self._journal

    def _open(self) -> Journal:
        journal = Journal(self._folder, file_bytes=self._file_bytes)
        left = self._left_open(journal)
        self._kept = _read_number(self._folder / "kept")
        self._next = max(self._kept, journal.last) + 1
        self._unwritten[:0] = map(_encoded, left)
        self.lost += journal.damaged
        return journal

    def _left_open(self, journal: Journal) -> list[ListeningSession]:
        """Return the sessions of the last checkpoint that have no record."""
        try:
            left = _decode_open((self._folder / "open.json").read_bytes())
        except FileNotFoundError:
            return []
        except (msgspec.DecodeError, UnicodeDecodeError):
            self.lost += 1
            return []
        if not left:
            return []
        bodies = (entry.body for entry in journal.entries_after(0))
        recorded = {session.id for body in bodies if (session := _session(body))}
        return [session for session in left if session.id not in recorded]

    def _write(self, journal: Journal, bodies: list[bytes]) -> bool:
        if journal.size + sum(map(len, bodies)) > self._max_bytes:
            self._fault = (
                f"The site has not taken {self.waiting} listening sessions and "
                f"{self._folder} is as full as it may be; start the site."
            )
            return False
        try:
            journal.append(list(starmap(Entry, enumerate(bodies, self._next))))
        except OSError as problem:
            self._cannot_write(problem)
            return False
        self._fault = ""
        return True

    def _gathered(self, journal: Journal, limit: int) -> SessionsEnded | None:
        sessions: list[ListeningSession] = []
        last, size = self._kept, 0
        for entry in self._entries_not_kept(journal):
            last = entry.number
            size += len(entry.body)
            if session := _session(entry.body):
                sessions.append(session)
            else:
                self.lost += 1
            if len(sessions) == limit or size >= BATCH_BYTES:
                break
        return SessionsEnded(batch=last, sessions=tuple(sessions)) if size else None

    def _entries_not_kept(self, journal: Journal) -> Iterator[Entry]:
        try:
            yield from journal.entries_after(self._kept)
        except OSError as problem:
            self._cannot_write(problem)
            return  # what is in memory comes after what cannot be read
        yield from starmap(Entry, enumerate(self._unwritten[:], self._next))

    def _forget_unwritten(self, count: int) -> None:
        del self._unwritten[:count]
        self._next += count

    def _forget_written(self) -> None:
        try:
            # Old after a power loss means that a batch comes twice: not worth a wait.
            write_whole(
                self._folder / "kept", b"%d\n" % self._kept, through_power_loss=False
            )
            if self._journal:
                self._journal.forget(self._kept)
        except OSError as problem:
            self._cannot_write(problem)

    def _cannot_write(self, problem: OSError) -> None:
        self._fault = (
            f"Listening sessions cannot be kept in {self._folder} "
            f"({problem.strerror}); make room on the disk or make it writable."
        )


def _encoded(session: ListeningSession) -> bytes:
    try:
        return _encode(session)
    except UnicodeEncodeError:
        # Half a surrogate pair from a player's header: not worth a record.
        fields = ("station", "mount", "agent", "address", "referrer")
        mended = {name: _mended(getattr(session, name)) for name in fields}
        return _encode(msgspec.structs.replace(session, **mended))


def _mended(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _session(body: bytes) -> ListeningSession | None:
    try:
        return _decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _read_number(path: Path) -> int:
    try:
        return int(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return 0
