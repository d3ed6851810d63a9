from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path
from zlib import crc32

import pytest
from msgspec import structs

from groundwave.transmitter.tape.errors import NameUnsafe, NotOnTape, TapeNotWritten
from groundwave.transmitter.tape.segment import Segment
from groundwave.transmitter.tape.store import HOURS_IN_MEMORY, Store
from groundwave.transmitter.tape.title import LONGEST, MOST_TO_COME, Title


NOON = 1_791_720_000.0
HOUR = "2026-10-11T12"
INIT = b"\0\0\0\x08ftyp"


def segment(number: int, start: float | None = None) -> Segment:
    at = NOON + 5 * number if start is None else start
    return Segment(1000 + number, at, 5.0, number == 0, 1, "abc123")


def media(number: int) -> dict[str, bytes]:
    return {
        "high": b"high %d " % number * 20,
        "low": b"low %d " % number * 8,
    }


def fill(store: Store, numbers: range, *, start: float = NOON) -> None:
    for number in numbers:
        store.append(segment(number, start + 5 * number), INIT, media(number))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kgnd"


@pytest.fixture
def store(folder: Path) -> Store:
    return Store(folder, ["high", "low"])


def reopened(store: Store) -> Store:
    return Store(store.folder, store.renditions)


def numbers(store: Store, start: float = 0, end: float = 1e11) -> list[int]:
    return [e.segment.sequence - 1000 for e in store.between(start, end)]


def assert_plays(store: Store, expected: range | list[int]) -> None:
    """Everything on the tape is *expected*, byte for byte."""
    entries = store.between(0, 1e11)
    assert [e.segment.sequence - 1000 for e in entries] == list(expected)
    for entry in entries:
        for name, data in media(entry.segment.sequence - 1000).items():
            assert store.read(name, store.find(entry.segment.name)) == data


def test_what_was_recorded_is_played_back_by_another_process(store):
    fill(store, range(5))

    assert_plays(reopened(store), range(5))
    assert reopened(store).init("abc123") == INIT


def test_an_hour_is_one_file_that_plays_by_itself(store, folder):
    """Concatenated segments and nothing else, even after a torn write."""
    fill(store, range(3))
    with (folder / "low" / f"{HOUR}.m4s").open("ab") as file:
        file.write(b"torn")
    again = reopened(store)
    again.recover()
    fill(again, range(3, 5))

    data = (folder / "low" / f"{HOUR}.m4s").read_bytes()
    assert data == b"".join(media(number)["low"] for number in range(5))


def test_a_segment_lies_in_the_hour_it_starts_in(store, folder):
    fill(store, range(2), start=NOON + 3595)

    assert sorted(path.name for path in folder.glob("*.index")) == [
        "2026-10-11T12.index",
        "2026-10-11T13.index",
    ]
    assert store.hours() == [NOON, NOON + 3600]
    assert_plays(store, range(2))


def test_a_new_tape_has_nothing_to_recover(store):
    assert store.recover() is None
    assert store.hours() == []
    assert store.between(0, 1e11) == []


def test_a_tape_torn_at_any_byte_of_its_media_goes_on(store, folder):
    """The writer was killed before the line was written."""
    fill(store, range(3))
    torn = media(3)["high"]
    for length in range(len(torn) + 1):
        with (folder / "high" / f"{HOUR}.m4s").open("r+b") as file:
            file.seek(0, os.SEEK_END)
            file.write(torn[:length])
        again = reopened(store)

        last = again.recover()
        assert last is not None
        assert last.segment == segment(2)
        assert_plays(again, range(3))
    fill(again, range(3, 5))
    assert_plays(reopened(again), range(5))


def test_a_tape_torn_at_any_byte_of_its_index_goes_on(store, folder):
    fill(store, range(3))
    path = folder / f"{HOUR}.index"
    whole = path.read_bytes()
    good = whole[: whole[:-1].rindex(b"\n") + 1]
    for length in range(len(good), len(whole)):
        path.write_bytes(whole[:length])
        again = reopened(store)

        last = again.recover()
        assert last is not None
        assert last.segment == segment(1)
        fill(again, range(2, 4))
        assert_plays(reopened(again), range(4))


def test_lines_whose_media_never_reached_the_disk_are_taken_out(store, folder):
    """A power cut may keep the index and lose the media, or leave zeros."""
    fill(store, range(4))
    low = folder / "low" / f"{HOUR}.m4s"
    data = low.read_bytes()
    kept = sum(len(media(number)["low"]) for number in range(2))
    low.write_bytes(data[:kept] + bytes(len(data) - kept))
    again = reopened(store)

    last = again.recover()
    assert last is not None
    assert last.segment == segment(1)
    fill(again, range(2, 3))
    assert_plays(reopened(again), range(3))


def test_damage_further_back_costs_only_what_is_damaged(store, folder):
    fill(store, range(40))
    high = folder / "high" / f"{HOUR}.m4s"
    data = bytearray(high.read_bytes())
    data[0] ^= 1
    high.write_bytes(data)
    again = reopened(store)

    last = again.recover()
    assert last is not None
    assert last.segment == segment(39)
    with pytest.raises(NotOnTape):
        again.read("high", again.find(segment(0).name))
    assert again.read("low", again.find(segment(0).name)) == media(0)["low"]


def test_the_last_segment_is_found_after_the_clock_was_set_back(store):
    """It is the one with the highest number, not the one in the latest hour."""
    fill(store, range(3))
    fill(store, range(3, 6), start=NOON - 3600)

    last = reopened(store).recover()
    assert last is not None
    assert last.segment.sequence == 1005


def test_the_last_segment_is_found_whatever_its_titles_are(store, folder):
    """As long as they may be, and in a script that takes four bytes a letter."""
    longest = tuple(
        Title(NOON + number, "\U00010331" * LONGEST)
        for number in range(MOST_TO_COME + 1)
    )
    for number in range(3):
        entitled = structs.replace(segment(number), titles=longest)
        store.append(entitled, INIT, media(number))
    index = folder / f"{HOUR}.index"
    index.write_bytes(index.read_bytes()[:-1])  # the last line is torn

    last = reopened(store).recover()
    assert last is not None
    assert last.segment.sequence == 1001
    assert last.segment.titles == longest


def test_both_passes_through_an_hour_are_there_in_the_order_they_were_recorded(store):
    fill(store, range(6), start=NOON)
    fill(store, range(6, 12), start=NOON - 30)

    assert_plays(reopened(store), range(12))
    assert numbers(store, NOON, NOON + 11) == [0, 1, 2, 6, 7, 8]


def test_a_span_holds_every_segment_that_sounds_in_it(store):
    fill(store, range(10))

    assert numbers(store, NOON + 12, NOON + 22) == [2, 3, 4]
    assert numbers(store, NOON + 10, NOON + 20) == [2, 3]
    assert numbers(store, NOON - 100, NOON) == []


def test_a_span_from_the_hour_begins_with_what_reaches_into_it(store):
    fill(store, range(2), start=NOON - 2)

    assert numbers(store, NOON, NOON + 1) == [0]


def test_whole_hours_are_forgotten(store, folder):
    for hour in range(3):
        fill(store, range(hour, hour + 1), start=NOON + 3600 * hour)
    store.forget_before(NOON + 2 * 3600 + 1800)

    assert store.hours() == [NOON + 2 * 3600]
    assert_plays(store, [2])
    assert len(list(folder.rglob("*.m4s"))) == 2
    with pytest.raises(NotOnTape):
        store.find(segment(0).name)


def test_even_the_hour_being_written_can_be_forgotten(store):
    """A clock that leaps a year ahead takes the tape with it, and no more."""
    fill(store, range(2))
    store.forget_before(NOON + 365 * 86400)
    fill(store, range(2, 4))

    assert_plays(store, [2, 3])


def test_a_tape_knows_when_it_begins(store):
    assert store.begins_at is None
    fill(store, range(3))
    fill(store, range(3, 4), start=NOON + 3600)
    assert store.begins_at == NOON

    after_a_restart = reopened(store)
    after_a_restart.recover()
    assert after_a_restart.begins_at == NOON
    after_a_restart.forget_before(NOON + 3600)
    assert after_a_restart.begins_at == NOON + 3600 + 15
    after_a_restart.forget_before(NOON + 365 * 86400)
    assert after_a_restart.begins_at is None


def test_memory_holds_few_of_many_hours(store):
    for hour in range(40):
        fill(store, range(hour, hour + 1), start=NOON + 3600 * hour)

    assert_plays(store, range(40))
    assert len(store._lately) <= HOURS_IN_MEMORY


def test_asking_for_hours_that_never_were_displaces_none(store):
    fill(store, range(1))
    fill(store, range(1, 2), start=NOON + 7200)
    store.find(segment(0).name)
    for hour in range(50):
        with pytest.raises(NotOnTape):
            store.find(f"1-{hour * 3_600_000}")

    assert segment(0).hour in store._lately


@pytest.mark.parametrize(
    "name", ["1000", "1000-1", "9-1791720000000", "../x", "1000-1791720000001"]
)
def test_what_was_never_recorded_is_not_found(store, name):
    fill(store, range(1))

    with pytest.raises(NotOnTape):
        store.find(name)


@pytest.mark.parametrize("init_id", ["", "..", "../abc123", "ABC", "abc124", "a" * 65])
def test_an_unknown_initialization_segment_is_not_found(store, init_id):
    fill(store, range(1))

    with pytest.raises(NotOnTape):
        store.init(init_id)


def test_media_that_is_gone_is_not_found(store, folder):
    fill(store, range(1))
    (entry,) = store.between(0, 1e11)
    (folder / "high" / f"{HOUR}.m4s").unlink()

    for rendition in ("high", "mid"):
        with pytest.raises(NotOnTape):
            store.read(rendition, entry)


def test_a_hostile_rendition_makes_no_tape(folder):
    with pytest.raises(NameUnsafe):
        Store(folder, ["../../etc"])
    assert not folder.exists()


def test_someone_elses_files_are_let_be(store, folder):
    fill(store, range(1))
    (folder / "notes.index").write_text("shopping")
    (folder / "2026-10-11T99.index").write_text("shopping")

    assert reopened(store).hours() == [NOON]


# --- a disk that refuses ---------------------------------------------------------


def test_a_full_disk_refuses_a_segment_and_keeps_the_rest(store, folder):
    fill(store, range(3))
    whole = (folder / "high" / f"{HOUR}.m4s").read_bytes()
    low = folder / "low" / f"{HOUR}.m4s"
    saved = low.rename(low.with_suffix(".saved"))
    low.symlink_to("/dev/full")  # every write to it is told: no space left on device

    with pytest.raises(
        TapeNotWritten, match=r"The disk is full.*Free space"
    ) as refused:
        store.append(segment(3), INIT, media(3))
    assert refused.value.is_full
    assert (folder / "high" / f"{HOUR}.m4s").read_bytes() == whole

    saved.rename(low)
    fill(store, range(3, 5))
    assert_plays(reopened(store), range(5))


def test_a_disk_that_is_gone_is_not_called_full(folder):
    folder.parent.joinpath("kgnd").write_text("a file where the folder should be")

    with pytest.raises(
        TapeNotWritten, match=r"cannot be written.*Check that"
    ) as refused:
        fill(Store(folder, ["high", "low"]), range(1))
    assert not refused.value.is_full


def test_a_write_that_stops_halfway_leaves_no_trace(folder):
    """The system lets files grow to a size in the middle of a segment."""
    script = """
        import resource, sys
        from pathlib import Path
        sys.path.insert(0, sys.argv[2])
        from test_store import INIT, Store, TapeNotWritten, fill, media, segment

        store = Store(Path(sys.argv[1]), ["high", "low"])
        fill(store, range(3))
        high = store.folder / "high" / "2026-10-11T12.m4s"
        before = high.stat().st_size
        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (before + 50, hard))
        try:
            store.append(segment(3), INIT, media(3))
        except TapeNotWritten as fact:
            print(fact.cause.errno, high.stat().st_size - before)
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        fill(store, range(3, 5))
    """
    here = str(Path(__file__).parent)
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), str(folder), here],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == ["27", "0"]  # EFBIG; nothing left behind
    assert_plays(Store(folder, ["high", "low"]), range(5))


def test_a_tape_deleted_under_the_recorder_is_begun_again(store, folder):
    fill(store, range(3))
    for path in [*folder.rglob("*.m4s"), *folder.rglob("*.index")]:
        path.unlink()
    fill(store, range(3, 5))

    assert_plays(reopened(store), [3, 4])


def test_a_piece_says_what_it_holds(store):
    fill(store, range(1))
    (entry,) = store.between(0, 1e11)

    assert entry.pieces["low"].crc == crc32(media(0)["low"])
