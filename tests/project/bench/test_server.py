from __future__ import annotations

import asyncio
import os
import socket
import sys

import pytest

from groundwave.project.bench.errors import Unmeasurable
from groundwave.project.bench.server import allow_files, free_port, process


SERVES = """
import signal, socket, sys
server = socket.create_server(("127.0.0.1", int(sys.argv[1])))
print("here I am", flush=True)
signal.pause()
"""
DIES = "print('I have lost my configuration'); raise SystemExit(3)"


async def is_gone(port):
    for _ in range(100):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except ConnectionRefusedError:
            return True
        writer.close()
        await asyncio.sleep(0.05)
    return False


async def test_a_server_is_yielded_when_it_answers_and_ended_afterwards(tmp_path):
    port = free_port()
    command = (sys.executable, "-c", SERVES, str(port))
    async with process(command, port=port, log=tmp_path / "log") as pid:
        os.kill(pid, 0)

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert (tmp_path / "log").read_text() == "here I am\n"


async def test_a_server_that_dies_is_quoted(tmp_path):
    with pytest.raises(Unmeasurable, match="Its last words: I have lost my con"):
        async with process(
            (sys.executable, "-c", DIES), port=free_port(), log=tmp_path / "log"
        ):
            pass


async def test_a_server_that_never_answers_is_given_up(tmp_path):
    with pytest.raises(Unmeasurable, match="did not answer in time"):
        async with process(
            (sys.executable, "-c", "import time; time.sleep(60)"),
            port=free_port(),
            log=tmp_path / "log",
            patience=0.3,
        ):
            pass


async def test_a_program_that_is_not_there_is_named(tmp_path):
    with pytest.raises(Unmeasurable, match="There is no icecast9 on this machine"):
        async with process(("icecast9",), port=1, log=tmp_path / "log"):
            pass


def test_free_ports_are_next_to_each_other_and_free():
    port = free_port(count=2)

    for one in (port, port + 1):
        with socket.create_server(("127.0.0.1", one)):
            pass


def test_more_files_than_the_system_allows_is_said_before_anything_starts():
    with pytest.raises(Unmeasurable, match="1000000000 open files"):
        allow_files(1_000_000_000)


async def test_a_server_does_not_outlive_a_bench_that_is_killed(tmp_path):
    port = free_port()
    bench = f"""
import asyncio, os, sys
from pathlib import Path
from groundwave.project.bench.server import process

async def main():
    command = (sys.executable, "-c", {SERVES!r}, "{port}")
    async with process(command, port={port}, log=Path({str(tmp_path / "log")!r})) as pid:
        print(pid, flush=True)
        os.kill(os.getpid(), 9)

asyncio.run(main())
"""
    killed = await asyncio.create_subprocess_exec(
        sys.executable, "-c", bench, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await killed.communicate()

    assert killed.returncode == -9
    assert int(said)
    assert await is_gone(port)
