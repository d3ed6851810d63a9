from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from groundwave.delivery.edition.counter import Counter


ADVANCE = """
import sys
from pathlib import Path
from groundwave.delivery.edition.counter import Counter
counter = Counter(Path(sys.argv[1]))
for _ in range(200):
    counter.advance(None)
"""
DIE_WITH_THE_LOCK = """
import os, signal, sys
from pathlib import Path
from groundwave.delivery.edition.counter import Counter
with Counter(Path(sys.argv[1]))._locked():
    os.kill(os.getpid(), signal.SIGKILL)
"""


def open_files():
    return len(list(Path("/proc/self/fd").iterdir()))


def test_all_who_have_the_file_see_the_number_at_once(tmp_path):
    one, other = Counter(tmp_path / "run/edition"), Counter(tmp_path / "run/edition")
    one.advance(7)

    assert one.number == other.number == 1


def test_what_was_told_is_not_counted_again_when_it_is_heard(tmp_path):
    one, other = Counter(tmp_path / "edition"), Counter(tmp_path / "edition")
    one.advance(7)
    other.hear(7)

    assert other.number == 1


def test_another_machines_write_counts_once_for_all_who_hear_of_it(tmp_path):
    one, other = Counter(tmp_path / "edition"), Counter(tmp_path / "edition")
    one.hear(8)
    other.hear(8)

    assert one.number == 1


def test_a_database_that_was_put_back_makes_pages_anew(tmp_path):
    counter = Counter(tmp_path / "edition")
    counter.advance(100)
    counter.hear(40)

    assert counter.number == 2


def test_the_number_outlives_the_process_and_only_its_owner_may_read_it(tmp_path):
    Counter(tmp_path / "run/edition").advance(3)

    assert Counter(tmp_path / "run/edition").number == 1
    assert (tmp_path / "run/edition").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "run").stat().st_mode & 0o777 == 0o700


def test_no_count_is_lost_between_threads_and_processes(tmp_path):
    path = tmp_path / "edition"
    counter = Counter(path)
    others = [subprocess.Popen([sys.executable, "-c", ADVANCE, path]) for _ in "ab"]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(counter.advance, [None] * 200))
    assert [each.wait(60) for each in others] == [0, 0]

    assert counter.number == 600


def test_who_is_killed_in_the_midst_of_counting_stops_nobody(tmp_path):
    path = tmp_path / "edition"
    counter = Counter(path)
    killed = subprocess.run(
        [sys.executable, "-c", DIE_WITH_THE_LOCK, path], check=False
    )

    counter.advance(1)

    assert killed.returncode < 0
    assert counter.number == 1


def test_a_counter_leaves_no_file_open_but_its_map(tmp_path):
    counter = Counter(tmp_path / "edition")
    before = open_files()
    for _ in range(50):
        counter.advance(None)

    assert open_files() == before
