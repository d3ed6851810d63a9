from __future__ import annotations

import asyncio
import os
import socket
import stat
import sys
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import uvloop

from groundwave.patchbay import unix
from groundwave.patchbay.errors import (
    AlreadyServed,
    FrameTooLarge,
    GarbledLine,
    LineClosed,
    NoAnswer,
    NotServed,
    PatchbayError,
    PathUnusable,
    VersionMismatch,
)
from groundwave.patchbay.line import MAX_FRAME, transmitter_framing
from groundwave.patchbay.messages import (
    Announced,
    LineupTaken,
    SessionsKept,
    TitleChanged,
)
from groundwave.patchbay.unix import connect, serve


AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run" / "patchbay.sock"


@asynccontextmanager
async def served(path, **options):
    """A transmitter whose lines are handed out by the queue that is yielded."""
    lines: asyncio.Queue = asyncio.Queue()
    gone = asyncio.Event()

    async def on_line(line):
        lines.put_nowait(line)
        await gone.wait()

    server = await serve(path, on_line, **options)
    try:
        yield lines
    finally:
        gone.set()
        await server.close()


@asynccontextmanager
async def connected(path):
    """Both ends of one line: the site's, the transmitter's."""
    async with served(path) as lines:
        site = await connect(path)
        try:
            yield site, await lines.get()
        finally:
            site.close()


async def test_both_ends_hear_each_other(path):
    async with connected(path) as (site, transmitter):
        await site.send(SessionsKept(batch=1))
        await transmitter.send(LineupTaken(edition=2))

        assert await transmitter.receive() == SessionsKept(batch=1)
        assert await site.receive() == LineupTaken(edition=2)
        assert (site.peer, transmitter.peer) == ("transmitter", "site")


def test_the_transmitters_own_loop_carries_lines_too(path):
    """Tests run on asyncio's loop, the transmitter on uvloop."""

    async def talk():
        async with connected(path) as (site, transmitter):
            await site.send(SessionsKept(batch=1))
            assert await transmitter.receive() == SessionsKept(batch=1)
            transmitter.close()
            with pytest.raises(LineClosed):
                await site.receive()

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(talk())


async def test_the_transmitter_knows_who_is_on_the_line(path):
    async with served(path) as lines:
        site = await connect(path, name="worker")
        assert (await lines.get()).peer == "worker"
        site.close()


async def test_large_messages_pass_whole_while_the_other_end_is_slow(path):
    async with connected(path) as (site, transmitter):
        large = Announced(event="x", data="x" * (MAX_FRAME - 100))
        sending = asyncio.create_task(site.send(large))

        assert await transmitter.receive() == large
        await sending


async def test_a_message_that_is_too_long_leaves_the_line_open(path):
    async with connected(path) as (site, transmitter):
        with pytest.raises(FrameTooLarge):
            await site.send(Announced(event="x", data="x" * MAX_FRAME))

        await site.send(SessionsKept(batch=1))
        assert await transmitter.receive() == SessionsKept(batch=1)


async def test_what_was_sent_before_the_line_closed_is_received(path):
    async with connected(path) as (site, transmitter):
        await transmitter.send(LineupTaken(edition=1))
        transmitter.close()

        assert await site.receive() == LineupTaken(edition=1)
        with pytest.raises(LineClosed):
            await site.receive()
        with pytest.raises(LineClosed):
            await site.send(SessionsKept(batch=1))


async def test_closing_an_end_wakes_whoever_waits_on_it(path):
    async with connected(path) as (site, _):
        waiting = asyncio.create_task(site.receive())
        await asyncio.sleep(0)
        site.close()

        with pytest.raises(LineClosed):
            await waiting


async def test_a_wait_that_is_cancelled_loses_no_message(path):
    async with connected(path) as (site, transmitter):
        waiting = asyncio.create_task(transmitter.receive())
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)

        await site.send(SessionsKept(batch=1))

        assert await transmitter.receive() == SessionsKept(batch=1)


async def test_bytes_that_are_no_message_close_that_line_only(path):
    async with connected(path) as (site, transmitter):
        site._writer.write(b"\0\0\0\1\xc1")
        with pytest.raises(GarbledLine):
            await transmitter.receive()
        with pytest.raises(LineClosed):
            await site.receive()

        other = await connect(path)
        other.close()


async def test_the_line_closes_when_its_server_is_done_with_it(path):
    async def answer_once(line):
        await line.send(TitleChanged(at=AT, station="kgnd", title=await title(line)))

    async def title(line):
        return (await line.receive()).data

    server = await serve(path, answer_once)
    site = await connect(path)
    await site.send(Announced(event="x", data="Odetta at noon"))

    assert (await site.receive()).title == "Odetta at noon"
    with pytest.raises(LineClosed):
        await site.receive()
    await server.close()


async def test_closing_the_server_closes_every_line_and_frees_the_path(path):
    async with served(path) as lines:
        site = await connect(path)
        await lines.get()
    with pytest.raises(LineClosed):
        await site.receive()

    assert not path.exists()
    with pytest.raises(NotServed):
        await connect(path)
    async with connected(path):
        pass


async def test_a_fault_in_a_handler_reaches_the_loops_own_handler(path):
    faults: asyncio.Queue = asyncio.Queue()
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: faults.put_nowait(context))

    async def fail(_):
        raise ZeroDivisionError

    server = await serve(path, fail)
    site = await connect(path)

    assert isinstance((await faults.get())["exception"], ZeroDivisionError)
    with pytest.raises(LineClosed):
        await site.receive()
    await server.close()


# --- who may connect, and who may serve --------------------------------------------


async def test_only_its_owner_can_reach_the_socket(path):
    path.parent.mkdir(mode=0o755)
    async with served(path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


async def test_a_path_that_is_served_cannot_be_served_again(path):
    async with connected(path) as (site, transmitter):
        with pytest.raises(AlreadyServed, match="stop it first"):
            await serve(path, anything)

        await site.send(SessionsKept(batch=1))
        assert await transmitter.receive() == SessionsKept(batch=1)


async def test_a_socket_that_somebody_else_answers_is_left_alone(path):
    path.parent.mkdir()
    with socket.socket(socket.AF_UNIX) as stranger:
        stranger.bind(str(path))
        stranger.listen()

        with pytest.raises(AlreadyServed):
            await serve(path, anything)
        assert path.exists()


async def test_a_socket_left_by_a_killed_transmitter_is_replaced(path):
    script = """
import asyncio, os, pathlib, signal, sys
from groundwave.patchbay.unix import serve
async def main():
    await serve(pathlib.Path(sys.argv[1]), None)
    os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(main())
"""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, str(path), env={**os.environ, "PYTHONPATH": "src"}
    )
    assert await child.wait() == -9
    assert path.is_socket()

    async with connected(path):
        pass


async def test_what_is_not_a_socket_is_never_removed(path):
    path.parent.mkdir()
    path.write_text("a letter")

    with pytest.raises(PathUnusable, match="is not a socket"):
        await serve(path, anything)
    assert path.read_text() == "a letter"


async def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path):
    (tmp_path / "run").write_text("a file")

    with pytest.raises(PathUnusable, match="GROUNDWAVE_DATA"):
        await serve(tmp_path / "run" / "patchbay.sock", anything)


async def test_two_that_start_at_once_do_not_both_serve(path):
    started = await asyncio.gather(
        serve(path, anything), serve(path, anything), return_exceptions=True
    )

    (server,) = (one for one in started if not isinstance(one, Exception))
    (refused,) = (one for one in started if isinstance(one, Exception))
    assert isinstance(refused, AlreadyServed)
    await server.close()


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc/self/fd")
async def test_a_path_too_long_for_a_socket_works(tmp_path):
    path = tmp_path.joinpath(*["a-rather-long-folder-name"] * 6, "patchbay.sock")
    assert len(str(path)) > 150

    async with connected(path) as (site, transmitter):
        await site.send(SessionsKept(batch=1))
        assert await transmitter.receive() == SessionsKept(batch=1)
    assert not path.exists()


async def test_a_name_too_long_for_a_socket_is_a_sentence(tmp_path):
    with pytest.raises(PathUnusable, match="shorter path"):
        await serve(tmp_path / ("x" * 120), anything)


async def test_nobody_there_is_a_sentence_that_says_what_to_start(path):
    with pytest.raises(NotServed, match="groundwave up"):
        await connect(path)


# --- greetings --------------------------------------------------------------------


async def test_another_version_is_refused_on_both_sides(path):
    troubles: asyncio.Queue = asyncio.Queue()
    async with served(path, on_trouble=troubles.put_nowait):
        with pytest.raises(VersionMismatch, match="upgrade the transmitter"):
            await connect(path, version=2)
        trouble = await troubles.get()
        assert isinstance(trouble, VersionMismatch)
        assert "upgrade the transmitter" in str(trouble)


async def test_what_is_not_groundwave_is_sent_away(path):
    troubles: asyncio.Queue = asyncio.Queue()
    async with served(path, on_trouble=troubles.put_nowait):
        reader, writer = await asyncio.open_unix_connection(str(path))
        writer.write(b"GET / HTTP/1.0\r\n\r\n")

        assert isinstance(await troubles.get(), GarbledLine)
        await reader.read()
        assert reader.at_eof()
        writer.close()


async def test_who_leaves_without_a_word_is_no_trouble(path):
    troubles: list[PatchbayError] = []
    async with served(path, on_trouble=troubles.append):
        reader, writer = await asyncio.open_unix_connection(str(path))
        await reader.readexactly(len(transmitter_framing().hello()))
        writer.close()
        site = await connect(path)
        site.close()
    assert not troubles


async def test_who_never_says_hello_is_sent_away(path, monkeypatch):
    monkeypatch.setattr(unix, "GREETING_SECONDS", 0.01)
    troubles: asyncio.Queue = asyncio.Queue()
    async with served(path, on_trouble=troubles.put_nowait):
        _, writer = await asyncio.open_unix_connection(str(path))

        assert isinstance(await troubles.get(), NoAnswer)
        writer.close()


async def anything(line):
    await line.receive()
