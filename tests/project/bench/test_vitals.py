from __future__ import annotations

import asyncio
import os
import subprocess
import sys

import pytest

from groundwave.project.bench.errors import Unmeasurable
from groundwave.project.bench.vitals import Vitals, machine_cpu


def burn(seconds):
    used = os.times().user + seconds
    while os.times().user < used:
        pass


def test_cpu_is_counted():
    before, machine = Vitals.of(os.getpid()), machine_cpu()
    burn(0.1)
    after = Vitals.of(os.getpid())

    assert 0.08 <= after.cpu - before.cpu < 1.0
    assert machine_cpu() - machine >= 0.08


def test_open_files_are_counted(tmp_path):
    before = Vitals.of(os.getpid())
    with (tmp_path / "a").open("w"), (tmp_path / "b").open("w"):
        assert Vitals.of(os.getpid()).fds == before.fds + 2


async def test_children_are_counted_apart():
    before = Vitals.of(os.getpid())
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "input()", stdin=asyncio.subprocess.PIPE
    )
    during = Vitals.of(os.getpid())
    await child.communicate(b"\n")

    assert during.children == before.children + 1
    assert during.children_rss > before.children_rss
    assert during.peak_rss >= during.rss > 0
    assert during.threads >= 1


def test_the_cpu_of_a_child_that_has_ended_is_not_forgotten():
    before = Vitals.of(os.getpid())
    subprocess.run([sys.executable, "-c", "sum(range(10**7))"], check=True)
    after = Vitals.of(os.getpid())

    assert after.children_cpu - before.children_cpu >= 0.02


def test_a_process_that_is_gone_is_said_to_be():
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()

    with pytest.raises(Unmeasurable, match=f"Process {child.pid} ended"):
        Vitals.of(child.pid)
