from __future__ import annotations

import errno
import os
import shutil
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from groundwave.patchbay.messages import ListeningSession
from groundwave.transmitter import ledger as ledger_module
from groundwave.transmitter.ledger import Ledger


NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def session(number: int, *, ended_at: datetime = NOON, **more) -> ListeningSession:
    return ListeningSession(
        id=f"s{number}",
        station="kgnd",
        mount="/kgnd.mp3",
        started_at=NOON - timedelta(minutes=5),
        ended_at=ended_at,
        bytes_sent=number,
        **{"agent": "VLC/3.0", **more},
    )


def drain(ledger: Ledger, limit: int = 500) -> list[ListeningSession]:
    """Everything the site gets when it is there and stores what it is sent."""
    stored = []
    while batch := ledger.next_batch(limit):
        stored += batch.sessions
        ledger.kept(batch.batch)
    return stored


def written(folder: Path, count: int, **options) -> Ledger:
    ledger = Ledger(folder, **options)
    for number in range(count):
        ledger.record(session(number))
        ledger.flush()
    return ledger


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "ledger"


# --- to the site -------------------------------------------------------------------


def test_records_reach_the_site_in_order(folder):
    ledger = written(folder, 3)

    assert drain(ledger) == [session(0), session(1), session(2)]
    assert ledger.next_batch() is None
    assert ledger.waiting == 0


def test_a_batch_is_the_same_until_it_is_kept(folder):
    ledger = written(folder, 2)
    batch = ledger.next_batch()
    ledger.record(session(2))
    ledger.flush()

    assert ledger.next_batch() == batch
    ledger.kept(batch.batch)
    assert ledger.next_batch().sessions == (session(2),)


def test_a_batch_is_named_by_the_number_of_its_last_record(folder):
    ledger = written(folder, 5)

    first = ledger.next_batch(limit=3)
    ledger.kept(first.batch)
    second = ledger.next_batch(limit=3)

    assert (first.batch, second.batch) == (3, 5)
    assert first.sessions + second.sessions == tuple(map(session, range(5)))


def test_only_the_batch_that_was_handed_out_can_be_kept(folder):
    ledger = written(folder, 3)
    ledger.kept(3)
    batch = ledger.next_batch(limit=2)
    for number in (0, 1, 3, 99, -1):
        ledger.kept(number)

    assert ledger.next_batch() == batch
    ledger.kept(batch.batch)
    ledger.kept(batch.batch)
    assert drain(ledger) == [session(2)]


def test_a_batch_fits_on_the_line_whatever_agents_call_themselves(folder):
    ledger = Ledger(folder)
    for number in range(300):
        ledger.record(session(number, agent="x" * 20_000))
    ledger.flush()

    batch = ledger.next_batch()

    assert 0 < len(msgspec.msgpack.encode(batch)) < 2 * ledger_module.BATCH_BYTES
    assert len(drain(ledger)) == 300


def test_what_is_not_yet_on_disk_reaches_the_site_too(folder):
    ledger = written(folder, 1)
    ledger.record(session(1))

    assert drain(ledger) == [session(0), session(1)]
    ledger.flush()
    ledger.record(session(2))
    assert drain(ledger) == [session(2)]


def test_a_batch_from_memory_that_is_written_meanwhile_is_sent_once(folder):
    ledger = written(folder, 0)
    ledger.record(session(0))
    batch = ledger.next_batch()
    ledger.flush()
    ledger.record(session(1))
    ledger.kept(batch.batch)

    assert drain(ledger) == [session(1)]
    assert drain(Ledger(folder)) == []


def test_records_that_come_while_others_are_written_are_not_lost(folder):
    ledger = Ledger(folder, file_bytes=2000)

    def record(start):
        for number in range(start, start + 500):
            ledger.record(session(number))
            if number % 7 == 0:
                ledger.flush()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(record, range(0, 2000, 500)))
    ledger.flush()

    numbers = sorted(int(s.id[1:]) for s in drain(Ledger(folder)))
    assert numbers == list(range(2000))


def test_half_a_character_in_a_players_name_costs_no_record(folder):
    ledger = Ledger(folder)
    ledger.record(session(0, agent="WinAmp \udcff"))
    ledger.flush()

    assert [s.agent for s in drain(Ledger(folder))] == ["WinAmp ?"]


# --- through kill -9 ---------------------------------------------------------------


def test_what_was_written_is_there_after_a_restart(folder):
    written(folder, 3)

    again = Ledger(folder)
    assert drain(again) == [session(0), session(1), session(2)]
    again.record(session(3))
    again.flush()

    assert drain(Ledger(folder)) == [session(3)]


def test_what_the_site_has_is_not_sent_again_after_a_restart(folder):
    ledger = written(folder, 3)
    ledger.kept(ledger.next_batch(limit=2).batch)

    assert drain(Ledger(folder)) == [session(2)]


def test_losing_the_place_sends_records_twice_rather_than_never(folder):
    ledger = written(folder, 3)
    ledger.kept(ledger.next_batch(limit=2).batch)
    (folder / "kept").write_bytes(b"")

    assert drain(Ledger(folder)) == [session(0), session(1), session(2)]


def test_a_crash_at_any_byte_costs_at_most_the_line_it_tore(folder, tmp_path):
    written(folder, 4)
    (journal,) = folder.glob("*.journal")
    whole = journal.read_bytes()

    for cut in range(len(whole) + 1):
        journal.write_bytes(whole[:cut])
        ledger = Ledger(folder)
        survivors = [session(n) for n in range(whole[:cut].count(b"\n"))]
        ledger.record(session(9))
        ledger.flush()

        assert ledger.lost == 0
        assert drain(Ledger(folder)) == [*survivors, session(9)]
        (folder / "kept").unlink()


@given(cut=st.integers(0), size=st.integers(1, 40), garbage=st.binary(max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_damage_costs_only_the_lines_it_touches(tmp_path, cut, size, garbage):
    folder = Path(mkdtemp(dir=tmp_path))
    written(folder, 6)
    (journal,) = folder.glob("*.journal")
    whole = journal.read_bytes()
    start = cut % len(whole)
    journal.write_bytes(whole[:start] + garbage + whole[start + size :])
    before = whole[:start].count(b"\n")
    after = whole[start + size :].count(b"\n") - 1

    ledger = Ledger(folder)
    ledger.record(session(6))
    ledger.flush()
    found = [int(s.id[1:]) for s in drain(ledger)]

    assert found[:before] == list(range(before))
    assert found[-1] == 6
    assert set(range(6 - after, 6)) <= set(found)


def test_damaged_lines_are_counted(folder):
    written(folder, 3)
    (journal,) = folder.glob("*.journal")
    journal.write_bytes(journal.read_bytes().replace(b'"s1"', b'"s7"'))

    ledger = Ledger(folder)
    assert drain(ledger) == [session(0), session(2)]
    assert ledger.lost == 1


def test_a_record_that_nobody_understands_does_not_hold_up_the_rest(folder):
    written(folder, 1)
    (journal,) = folder.glob("*.journal")
    numbered = b'2 {"of":"another age"}'
    with journal.open("ab") as file:
        file.write(b"%08x %b\n" % (zlib.crc32(numbered), numbered))
    ledger = Ledger(folder)
    ledger.record(session(2))

    assert drain(ledger) == [session(0), session(2)]
    assert ledger.lost == 1


# --- who was listening -------------------------------------------------------------


def test_who_was_listening_at_the_last_checkpoint_has_a_record(folder):
    ledger = written(folder, 1)
    ledger.checkpoint([session(1, ended_at=NOON)])
    ledger.checkpoint([session(1, ended_at=NOON + timedelta(minutes=1)), session(2)])

    expected = [session(1, ended_at=NOON + timedelta(minutes=1)), session(2)]
    assert drain(Ledger(folder)) == [session(0), *expected]


def test_who_left_after_the_checkpoint_has_one_record_the_exact_one(folder):
    ledger = written(folder, 0)
    ledger.checkpoint([session(1), session(2)])
    left_at = NOON + timedelta(seconds=20)
    ledger.record(session(1, ended_at=left_at))
    ledger.flush()

    assert drain(Ledger(folder)) == [session(1, ended_at=left_at), session(2)]


def test_a_clean_end_leaves_nobody_listening(folder):
    ledger = written(folder, 0)
    ledger.checkpoint([session(1)])
    ledger.record(session(1, ended_at=NOON + timedelta(seconds=20)))
    ledger.close()

    assert drain(Ledger(folder)) == [session(1, ended_at=NOON + timedelta(seconds=20))]
    assert drain(Ledger(folder)) == []


def test_a_checkpoint_does_not_wipe_out_the_one_of_the_run_before(folder):
    Ledger(folder).checkpoint([session(1)])

    ledger = Ledger(folder)
    ledger.checkpoint([])

    assert drain(Ledger(folder)) == [session(1)]


def test_a_damaged_checkpoint_costs_only_itself(folder):
    ledger = written(folder, 1)
    ledger.checkpoint([session(1)])
    (folder / "open.json").write_bytes(b"[{")

    again = Ledger(folder)
    assert drain(again) == [session(0)]
    assert again.lost == 1


# --- when there is no room ---------------------------------------------------------


def journal_bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("*.journal"))


def test_files_rotate_and_go_when_the_site_has_them(folder):
    ledger = written(folder, 50, file_bytes=1000)
    assert len(list(folder.glob("*.journal"))) > 5

    assert len(drain(ledger, limit=7)) == 50
    assert len(list(folder.glob("*.journal"))) == 1


def test_while_the_site_is_away_the_oldest_are_kept_and_the_newest_counted(folder):
    ledger = written(folder, 100, max_bytes=5000, file_bytes=1000, in_memory=10)

    assert journal_bytes(folder) <= 5000
    assert "start the site" in ledger.trouble
    assert f"{ledger.lost} are lost" in ledger.trouble
    kept = drain(ledger)
    assert len(kept) + ledger.lost == 100
    assert kept == [session(n) for n in range(len(kept))]

    ledger.record(session(100))
    ledger.flush()
    assert ledger.trouble == ""
    assert drain(Ledger(folder)) == [session(100)]


def test_however_many_leave_at_the_end_none_is_lost(folder):
    ledger = written(folder, 1, in_memory=10)
    ledger.expect_the_last()
    for number in range(1, 50):
        ledger.record(session(number))
    ledger.close()

    assert ledger.lost == 0
    assert drain(Ledger(folder)) == [session(n) for n in range(50)]


def test_of_many_records_at_once_the_oldest_are_written_as_far_as_there_is_room(
    folder, monkeypatch
):
    monkeypatch.setattr(ledger_module, "WRITTEN_AT_ONCE", 10)
    ledger = Ledger(folder, max_bytes=5000)
    for number in range(100):
        ledger.record(session(number))
    ledger.flush()

    on_disk = drain(Ledger(folder))
    assert 10 <= len(on_disk) < 100
    assert on_disk == [session(n) for n in range(len(on_disk))]


@pytest.fixture
def full_disk(monkeypatch):
    """From now on the disk takes ten more bytes and no others."""

    def write(file, data, *, really=os.write):
        if room:
            return really(file, data[: room.pop()])
        raise OSError(errno.ENOSPC, "No space left on device")

    room: list[int] = []

    def fill():
        room.append(10)
        monkeypatch.setattr(os, "write", write)

    yield fill
    monkeypatch.undo()


def test_a_full_disk_costs_nothing_while_memory_lasts(folder, full_disk, monkeypatch):
    ledger = written(folder, 2, in_memory=3)
    full_disk()
    for number in range(2, 6):
        ledger.record(session(number))
        ledger.flush()
    assert "make room on the disk" in ledger.trouble
    assert "3 wait in memory" in ledger.trouble
    assert ledger.lost == 1

    monkeypatch.undo()
    ledger.flush()
    assert ledger.trouble == ""
    assert drain(Ledger(folder)) == [session(n) for n in range(5)]


def test_a_checkpoint_stays_while_what_it_stands_for_cannot_be_written(
    folder, full_disk
):
    Ledger(folder).checkpoint([session(1)])
    full_disk()

    Ledger(folder).checkpoint([])

    assert drain(Ledger(folder)) == [session(1)]


def test_killed_on_a_full_disk_what_was_written_before_is_whole(folder, full_disk):
    ledger = written(folder, 2)
    full_disk()
    ledger.record(session(2))
    ledger.flush()

    assert drain(Ledger(folder)) == [session(0), session(1)]


def test_on_a_full_disk_records_go_to_the_site_from_memory(folder, full_disk):
    ledger = written(folder, 2)
    full_disk()
    for number in range(2, 50):
        ledger.record(session(number))
        ledger.flush()

    assert drain(ledger, limit=10) == [session(n) for n in range(50)]
    assert ledger.lost == 0


def test_a_folder_that_cannot_be_made_is_a_sentence_until_it_can(tmp_path):
    (tmp_path / "var").write_text("in the way")
    ledger = Ledger(tmp_path / "var" / "ledger")
    ledger.record(session(0))
    ledger.flush()
    ledger.checkpoint([session(1)])

    assert ledger.next_batch() is None
    assert "make it writable" in ledger.trouble

    (tmp_path / "var").unlink()
    ledger.flush()
    assert ledger.trouble == ""
    assert drain(ledger) == [session(0)]


def test_a_folder_that_is_cleared_while_in_use_does_not_hold_up_the_rest(folder):
    ledger = written(folder, 3, file_bytes=200)
    for path in folder.glob("*.journal"):
        path.unlink()
    ledger.record(session(3))
    ledger.flush()

    assert drain(ledger) == [session(3)]
    assert drain(Ledger(folder)) == []


# --- all of it, in any order -------------------------------------------------------


class LedgerAndSite(RuleBasedStateMachine):
    """
    A transmitter that is killed at any moment, and a site that is sometimes there.

    The site stores by id and keeps the first record it gets.
    """

    def __init__(self):
        super().__init__()
        self.folder = Path(mkdtemp(prefix="ledger"))
        self.count = 0
        self.listening: list[int] = []
        self.stored: dict[str, ListeningSession] = {}
        self.recorded: dict[str, ListeningSession] = {}
        self.written: set[str] = set()
        self.checkpointed: set[str] = set()
        self.start()

    def start(self):
        self.ledger = Ledger(self.folder, file_bytes=600)

    def teardown(self):
        shutil.rmtree(self.folder)

    @rule()
    def tune_in(self):
        self.listening.append(self.count)
        self.count += 1

    @precondition(lambda self: self.listening)
    @rule(data=st.data())
    def leave(self, data):
        number = data.draw(st.sampled_from(self.listening))
        self.listening.remove(number)
        self.recorded[f"s{number}"] = session(number, ended_at=NOON)
        self.ledger.record(self.recorded[f"s{number}"])

    @rule()
    def flush(self):
        self.ledger.flush()
        self.written |= self.recorded.keys()

    @rule()
    def checkpoint(self):
        self.ledger.checkpoint([session(n, agent="open") for n in self.listening])
        self.checkpointed |= {f"s{n}" for n in self.listening}
        self.written |= self.recorded.keys()

    @rule(limit=st.integers(1, 4))
    def send(self, limit):
        self.batch = self.ledger.next_batch(limit)
        for one in self.batch.sessions if self.batch else ():
            self.stored.setdefault(one.id, one)

    @precondition(lambda self: getattr(self, "batch", None))
    @rule()
    def keep(self):
        self.ledger.kept(self.batch.batch)

    @rule(torn=st.binary(max_size=30).filter(lambda torn: b"\n" not in torn))
    def kill(self, torn):
        journals = sorted(self.folder.glob("*.journal"))
        if journals:
            with journals[-1].open("ab") as file:
                file.write(torn)
        self.recorded = {key: self.recorded[key] for key in self.written}
        self.listening = []
        self.start()

    @rule()
    def the_site_comes_back_and_takes_all(self):
        self.flush()
        while batch := self.ledger.next_batch(3):
            for one in batch.sessions:
                self.stored.setdefault(one.id, one)
            self.ledger.kept(batch.batch)
        was_listening = self.checkpointed - {f"s{n}" for n in self.listening}
        assert was_listening | self.written <= self.stored.keys()
        for key, record in self.recorded.items():
            assert self.stored[key] == record
        assert self.ledger.waiting == 0

    @invariant()
    def nothing_is_lost(self):
        assert self.ledger.lost == 0
        assert self.ledger.trouble == ""


TestLedgerAndSite = LedgerAndSite.TestCase
TestLedgerAndSite.settings = settings(max_examples=25, deadline=None)
