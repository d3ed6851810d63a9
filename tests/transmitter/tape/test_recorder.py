from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from groundwave.transmitter.tape.errors import NameUnsafe
from groundwave.transmitter.tape.index import Entry
from groundwave.transmitter.tape.recorder import (
    HELD_TAKES,
    Recorder,
    station_folder,
)
from groundwave.transmitter.tape.segment import Segment
from groundwave.transmitter.tape.store import Store
from groundwave.transmitter.tape.title import Title
from groundwave.transmitter.tape.writer import TRUSTED_TAKES


FULL = 215
SECONDS = FULL * 1024 / 44100


class Desk:
    """A recorder, and frames for it; counts what it announces."""

    def __init__(self, sound, recorder: Recorder, at: float) -> None:
        self.recorder = recorder
        self.announced: list[Segment] = []
        self._sound, self._at, self._sent = sound, at, 0
        self._heard = asyncio.Event()
        recorder.on_segment = self._announce

    def play(self, frames: int = FULL) -> None:
        """Give both renditions the next frames."""
        for rendition in self.recorder.renditions:
            name = rendition.name
            self.recorder.append(
                name,
                self._sound.frames(frames, self._at, mark=name, first=self._sent),
            )
        self._sent += frames

    async def record(self, segments: int) -> None:
        """Play so many segments, each when the one before is announced."""
        for _ in range(segments):
            self.play()
            await self.until(lambda: not self.recorder._unannounced)

    async def until(self, is_so: Callable[[], bool]) -> None:
        while not is_so():
            self._heard.clear()
            await asyncio.wait_for(self._heard.wait(), 20)

    def _announce(self, segment: Segment) -> None:
        self.announced.append(segment)
        self._heard.set()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return station_folder(tmp_path, "kgnd")


@pytest.fixture
def desk(sound, folder):
    @asynccontextmanager
    async def at(start: float = sound.noon, **settings) -> AsyncIterator[Desk]:
        settings = {"window_seconds": 3600, "keep_hours": 24, "now": start} | settings
        recorder = Recorder(folder, sound.renditions, **settings)
        try:
            yield Desk(sound, recorder, start)
        finally:
            await recorder.close()

    return at


def on_tape(desk: Desk) -> list[int]:
    return [e.segment.sequence for e in desk.recorder.store.between(0, 1e11)]


async def test_segments_are_announced_as_they_are_cut(desk, sound):
    async with desk() as kgnd:
        await kgnd.record(3)

        starts = [segment.start for segment in kgnd.announced]
        assert starts == pytest.approx([sound.noon + i * SECONDS for i in range(3)])
        assert kgnd.recorder.segments == tuple(kgnd.announced)
        assert kgnd.recorder.newest == kgnd.announced[-1]
        assert kgnd.recorder.trouble == ""


async def test_what_is_announced_is_on_the_tape(desk):
    async with desk() as kgnd:
        await kgnd.record(3)

        assert on_tape(kgnd) == [segment.sequence for segment in kgnd.announced]


async def test_the_last_short_segment_is_not_lost_when_the_station_closes(desk):
    async with desk() as kgnd:
        kgnd.play(FULL + 50)
    entries = kgnd.recorder.store.between(0, 1e11)

    assert entries[-1].segment.duration == pytest.approx(50 * 1024 / 44100)
    assert kgnd.announced[-1] == entries[-1].segment


async def test_a_restart_goes_on_where_the_tape_ended(desk, sound):
    async with desk() as kgnd:
        await kgnd.record(3)
    async with desk(sound.noon + 60) as again:
        assert again.recorder.segments == tuple(kgnd.announced)
        await again.record(1)
        window = again.recorder.segments

    assert [s.sequence - window[0].sequence for s in window] == [0, 1, 2, 3]
    assert [s.discontinuity for s in window] == [True, False, False, True]
    assert window[3].discontinuities == window[2].discontinuities + 1


async def test_a_restart_after_days_shows_listeners_nothing_old(desk, sound):
    async with desk() as kgnd:
        await kgnd.record(2)
    async with desk(sound.noon + 3 * 86400) as again:
        assert again.recorder.segments == ()
        await again.record(1)

    assert again.announced[0].sequence == kgnd.announced[-1].sequence + 1


async def test_a_wiped_disk_does_not_bring_old_numbers_back(desk, sound, folder):
    async with desk() as kgnd:
        await kgnd.record(3)
    shutil.rmtree(folder)
    async with desk(sound.noon + 20) as again:
        await again.record(1)

    assert again.announced[0].sequence > kgnd.announced[-1].sequence


async def test_a_clock_set_back_an_hour_leaves_the_numbers_in_order(desk, sound):
    async with desk() as kgnd:
        await kgnd.record(3)
        kgnd._at -= 3600
        await kgnd.record(3)

        listed = [segment.sequence for segment in kgnd.recorder.segments]
        assert on_tape(kgnd) == listed
        assert all(b == a + 1 for a, b in pairwise(listed))
        hour_before = kgnd.recorder.store.between(sound.noon - 3600, sound.noon)
        assert [e.segment.sequence for e in hour_before] == listed[3:]


async def test_hours_are_forgotten_as_time_goes_by(desk, sound):
    async with desk(keep_hours=2, window_seconds=60) as kgnd:
        for hour in range(6):
            kgnd._at = sound.noon + 3600 * hour
            kgnd._sent = 0
            await kgnd.record(1 if hour < 5 else TRUSTED_TAKES + 2)

        assert kgnd.recorder.store.hours() == [
            sound.noon + 3600 * hour for hour in (3, 4, 5)
        ]


async def test_a_clock_that_leaps_by_years_for_a_while_deletes_nothing(desk, sound):
    async with desk(keep_hours=2, window_seconds=60) as kgnd:
        await kgnd.record(1)
        kgnd._at = sound.noon + 10 * 365 * 86400
        kgnd._sent = 0
        await kgnd.record(10)

        assert sound.noon in kgnd.recorder.store.hours()


async def test_what_the_live_window_lists_is_never_forgotten(desk, sound):
    """A short retention does not take it from under those who listen."""
    async with desk(keep_hours=0, window_seconds=7200) as kgnd:
        for hour in range(3):
            kgnd._at = sound.noon + 3600 * hour
            kgnd._sent = 0
            await kgnd.record(1)

        assert len(kgnd.recorder.store.hours()) == 3


# --- titles ----------------------------------------------------------------------


def titles_on_tape(desk: Desk) -> list[tuple[Title, ...]]:
    return [e.segment.titles for e in desk.recorder.store.between(0, 1e11)]


async def test_titles_are_on_the_tape_with_their_sound(desk, sound):
    vatn, ljos = Title(sound.noon + 2, "Vatn"), Title(sound.noon + 6, "Ljós")
    async with desk() as kgnd:
        for title in (vatn, ljos):
            kgnd.recorder.titles.note(title.text, at=title.at)
        await kgnd.record(3)

        assert titles_on_tape(kgnd) == [(vatn,), (vatn, ljos), (ljos,)]
        assert [s.titles for s in kgnd.announced] == titles_on_tape(kgnd)


async def test_a_title_is_known_from_when_it_is_said_until_its_sound_is_announced(
    desk, sound
):
    async with desk() as kgnd:
        await kgnd.record(1)
        vatn = Title(sound.noon + 6, "Vatn")
        kgnd.recorder.titles.note(vatn.text, at=vatn.at)
        assert kgnd.recorder.titles_to_come == (vatn,)
        kgnd.play()  # cut, and on its way to the disk
        assert kgnd.recorder.titles_to_come == (vatn,)
        await kgnd.until(lambda: not kgnd.recorder._unannounced)
        assert kgnd.recorder.titles_to_come == ()
        assert kgnd.announced[-1].titles == (vatn,)


async def test_a_restart_goes_on_with_the_title_of_the_tape(desk, sound):
    async with desk() as kgnd:
        kgnd.recorder.titles.note("Vatn", at=sound.noon + 1)
        await kgnd.record(1)
    async with desk(sound.noon + 60) as again:
        again.recorder.titles.note("", at=sound.noon + 62)
        await again.record(2)

    vatn, none = Title(sound.noon + 1, "Vatn"), Title(sound.noon + 62, "")
    assert [s.titles for s in again.announced] == [(vatn, none), (none,)]


async def test_the_title_held_in_the_oldest_hour_left_is_not_forgotten(desk, sound):
    """It began in one that is."""
    async with desk(keep_hours=1, window_seconds=60) as kgnd:
        kgnd.recorder.titles.note("The Long Watch", at=sound.noon)
        await kgnd.record(1)
        kgnd._at, kgnd._sent = sound.noon + 4 * 3600, 0
        await kgnd.record(TRUSTED_TAKES + 2)

        assert kgnd.recorder.store.hours() == [sound.noon + 4 * 3600]
        held = (Title(sound.noon, "The Long Watch"),)
        assert titles_on_tape(kgnd) == [held] * (TRUSTED_TAKES + 2)


async def test_a_full_disk_costs_titles_no_more_than_their_sound(desk, sound, folder):
    async with desk() as kgnd:
        await kgnd.record(1)
        fill_up(folder)
        kgnd.recorder.titles.note("Vatn", at=sound.noon + 6)
        await kgnd.record(2)
        assert kgnd.recorder.segments[-1].titles == (Title(sound.noon + 6, "Vatn"),)
        free_space(folder)
        await kgnd.record(1)
        await kgnd.until(lambda: not kgnd.recorder.trouble)

    vatn = (Title(sound.noon + 6, "Vatn"),)
    assert titles_on_tape(kgnd) == [(), vatn, vatn, vatn]


@pytest.mark.parametrize("name", ["..", "../kgnd", "kgnd/../..", "/etc", "KGND", ""])
def test_a_hostile_station_gets_no_folder(tmp_path, name):
    with pytest.raises(NameUnsafe):
        station_folder(tmp_path, name)


# --- a disk in trouble -----------------------------------------------------------


async def test_a_full_disk_does_not_stop_live(desk, folder):
    async with desk() as kgnd:
        await kgnd.record(1)
        fill_up(folder)
        await kgnd.record(3)

        assert "The disk is full" in kgnd.recorder.trouble
        assert "Free space" in kgnd.recorder.trouble
        assert len(kgnd.recorder.segments) == 4
        for segment in kgnd.recorder.segments:
            assert kgnd.recorder.held(segment.name)


async def test_once_there_is_space_the_tape_has_no_hole(desk, folder):
    """A minute of full disk was held in memory."""
    async with desk() as kgnd:
        await kgnd.record(1)
        fill_up(folder)
        await kgnd.record(10)
        free_space(folder)
        await kgnd.record(1)
        await kgnd.until(lambda: not kgnd.recorder.trouble)

    assert on_tape(kgnd) == [segment.sequence for segment in kgnd.announced]


async def test_after_a_long_trouble_the_window_begins_where_the_tape_does(desk, folder):
    async with desk() as kgnd:
        await kgnd.record(3)
        fill_up(folder)
        await kgnd.record(HELD_TAKES + 5)
        free_space(folder)
        await kgnd.record(3)

        missing = kgnd.announced[3].sequence
        assert missing not in on_tape(kgnd)
        listed = [segment.sequence for segment in kgnd.recorder.segments]
        assert listed == list(range(listed[0], kgnd.announced[-1].sequence + 1))
        assert listed[0] > missing
        assert set(listed) <= set(on_tape(kgnd))
        assert kgnd.recorder.trouble == ""


async def test_a_disk_that_hangs_never_holds_up_the_loop(desk, folder):
    """A pipe that nobody reads takes an open for ever, as a dead NFS mount does."""
    async with desk() as kgnd:
        await kgnd.record(1)
        (data,) = (folder / "high").glob("*.m4s")
        saved = data.rename(data.with_suffix(".saved"))
        os.mkfifo(data)
        for _ in range(2 * HELD_TAKES):
            kgnd.play()

        assert len(kgnd.announced) >= 2 * HELD_TAKES  # all but the newest
        assert "The disk is too slow" in kgnd.recorder.trouble
        assert len(kgnd.recorder._held) == HELD_TAKES

        pipe = data.rename(data.with_suffix(".pipe"))
        saved.rename(data)
        os.close(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK))
        await kgnd.recorder.close()

        assert kgnd.recorder.trouble == ""
        assert len(on_tape(kgnd)) > HELD_TAKES  # what waited was written


async def test_a_tape_that_cannot_be_opened_is_said_and_live_goes_on(desk, folder):
    folder.write_text("a file where the folder should be")
    async with desk() as kgnd:
        await kgnd.record(2)

        assert "cannot be written" in kgnd.recorder.trouble
        assert len(kgnd.recorder.segments) == 2


async def test_a_tape_that_cannot_be_read_is_said_and_live_goes_on(desk, folder, sound):
    async with desk() as kgnd:
        await kgnd.record(1)
    (index,) = folder.glob("*.index")
    index.unlink()
    index.mkdir()
    async with desk(sound.noon + 60) as again:
        assert "Check that the disk is there" in again.recorder.trouble
        await again.record(2)

        assert len(again.recorder.segments) == 2
        assert again.announced[0].sequence > kgnd.announced[-1].sequence


def fill_up(folder: Path) -> None:
    """Every write to the tape's data is told that there is no space left."""
    for data in folder.glob("*/*.m4s"):
        data.rename(data.with_suffix(".saved"))
        data.symlink_to("/dev/full")


def free_space(folder: Path) -> None:
    for saved in folder.glob("*/*.saved"):
        saved.rename(saved.with_suffix(".m4s"))


# --- killed ----------------------------------------------------------------------


def test_killed_at_any_moment_the_tape_is_readable_and_goes_on(folder):
    """Several times over; what was announced is on the tape and no number twice."""
    announced: list[str] = []
    for lives, count in enumerate([1, 4, 2, 9, 5], 1):
        announced += record_until_killed(folder, count)
        sequences = [int(name.split("-")[0]) for name in announced]
        assert sequences == sorted(set(sequences))

        entries = {e.segment.name: e for e in played_back(folder)}
        assert set(announced) <= set(entries)
        # One of each life may have reached the tape and not been announced.
        assert len(entries) <= len(announced) + 2 * lives
        for entry in entries.values():
            (title,) = entry.segment.titles
            assert title.at == pytest.approx(entry.segment.start, abs=0.001)


def record_until_killed(folder: Path, count: int) -> list[str]:
    script = """
        import asyncio, sys
        from pathlib import Path
        sys.path.insert(0, sys.argv[2])
        from conftest import Sound
        from groundwave.transmitter.tape.recorder import Recorder

        async def main():
            sound, announced = Sound(), asyncio.Queue()
            recorder = Recorder(
                Path(sys.argv[1]), sound.renditions, window_seconds=60, keep_hours=9,
                now=sound.noon, on_segment=announced.put_nowait,
            )
            at = recorder.newest.end + 1 if recorder.newest else sound.noon
            for first in range(0, 10**6, 215):
                start = at + first * sound.frame_seconds
                recorder.titles.note(f"Title {first}", at=start)
                for name in ("high", "low"):
                    recorder.append(name, sound.frames(215, at, mark=name, first=first))
                segment = await announced.get()
                assert [t.text for t in segment.titles] == [f"Title {first}"]
                print(segment.name, flush=True)

        asyncio.run(main())
    """
    here = str(Path(__file__).parent)
    command = [sys.executable, "-c", textwrap.dedent(script), str(folder), here]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        names = [process.stdout.readline().strip() for _ in range(count)]
        process.send_signal(signal.SIGKILL)
        # What was said in the meantime counts; a line cut short does not.
        rest = process.stdout.read().splitlines(keepends=True)
    return names + [line.strip() for line in rest if line.endswith("\n")]


def played_back(folder: Path) -> list[Entry]:
    """Every entry of the tape, once its media was read."""
    store = Store(folder, ["high", "low"])
    store.recover()
    entries = store.between(0, 1e11)
    for entry in entries:
        for name in store.renditions:
            assert b"moof" in store.read(name, entry)
    return entries
