from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from groundwave.patchbay.blocking import open_line
from groundwave.patchbay.errors import (
    AskRefused,
    FrameTooLarge,
    GarbledLine,
    LineClosed,
    NoAnswer,
    NotServed,
    PathUnusable,
    VersionMismatch,
)
from groundwave.patchbay.line import MAX_FRAME, transmitter_framing
from groundwave.patchbay.messages import (
    Announced,
    LineupTaken,
    Refused,
    Role,
    SessionsKept,
    SourceKicked,
    Status,
    StatusAsked,
    TitleChanged,
)
from groundwave.patchbay.unix import serve


AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
STATUS = Status(at=AT, started_at=AT, version="1", edition=1, stations=(), attempts=())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run" / "patchbay.sock"


async def transmitter_that(*answers, path):
    """A transmitter that gives *answers* to every message, and nothing else."""

    async def on_line(line):
        while True:
            await line.receive()
            for answer in answers:
                await line.send(answer)

    return await serve(path, on_line)


async def test_a_question_gets_its_answer_past_whatever_else_is_said(path):
    news = TitleChanged(at=AT, station="kgnd", title="Odetta at noon")
    server = await transmitter_that(LineupTaken(edition=1), news, STATUS, path=path)

    def ask():
        with open_line(path) as line:
            return line.peer, line.ask(StatusAsked(), expect=Status)

    assert await asyncio.to_thread(ask) == ("transmitter", STATUS)
    await server.close()


async def test_a_refusal_is_raised_with_its_sentence(path):
    server = await transmitter_that(Refused(sentence="Nobody is on."), path=path)

    def ask():
        with open_line(path) as line:
            kick = SourceKicked(station="kgnd", role=Role.STUDIO, by="Ida")
            line.ask(kick, expect=LineupTaken)

    with pytest.raises(AskRefused, match="Nobody is on"):
        await asyncio.to_thread(ask)
    await server.close()


async def test_an_answer_that_does_not_come_has_an_end(path):
    news = TitleChanged(at=AT, station="kgnd", title="Odetta at noon")
    server = await transmitter_that(news, path=path)

    def ask():
        with open_line(path) as line:
            with pytest.raises(NoAnswer):
                line.ask(StatusAsked(), expect=Status, timeout=0.05)
            # The line is still good for another question.
            line.send(StatusAsked())
            return line.receive()

    assert await asyncio.to_thread(ask) == news
    await server.close()


async def test_a_transmitter_that_goes_closes_the_line(path):
    async def hang_up(line):
        await line.receive()

    server = await serve(path, hang_up)

    def ask():
        with open_line(path) as line:
            with pytest.raises(LineClosed):
                line.ask(StatusAsked(), expect=Status)
            with pytest.raises(LineClosed):
                line.send(StatusAsked())

    await asyncio.to_thread(ask)
    await server.close()


async def test_a_message_that_is_too_long_leaves_the_line_open(path):
    server = await transmitter_that(STATUS, path=path)

    def ask():
        with open_line(path) as line:
            with pytest.raises(FrameTooLarge):
                line.send(Announced(event="x", data="x" * MAX_FRAME))
            return line.ask(StatusAsked(), expect=Status)

    assert await asyncio.to_thread(ask) == STATUS
    await server.close()


async def test_another_version_is_refused(path):
    server = await transmitter_that(path=path)

    with pytest.raises(VersionMismatch, match="upgrade the transmitter"):
        await asyncio.to_thread(open_line, path, version=2)
    await server.close()


def test_nobody_there_is_a_sentence_that_says_what_to_start(path):
    with pytest.raises(NotServed, match="groundwave up"):
        open_line(path)


def test_a_name_too_long_for_a_socket_is_a_sentence(tmp_path):
    with pytest.raises(PathUnusable):
        open_line(tmp_path / ("x" * 120))


@pytest.fixture
def mute(tmp_path):
    """A socket that takes connections and says nothing."""
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "mute.sock"))
        listening.listen()
        yield listening


def test_a_transmitter_that_hangs_does_not_hang_the_page(mute):
    with pytest.raises(NoAnswer):
        open_line(Path(mute.getsockname()), timeout=0.05)


def test_a_transmitter_that_takes_nothing_does_not_hang_the_page(mute):
    line, there = opened(mute)
    with line, there:
        with pytest.raises(NoAnswer):
            line.send(Announced(event="x", data="x" * 4_000_000), timeout=0.05)
        # Half a message is on its way: nothing more can be said on this line.
        with pytest.raises(LineClosed):
            line.send(SessionsKept(batch=1))


def test_bytes_that_are_no_message_close_the_line(mute):
    line, there = opened(mute)
    with line, there:
        there.sendall(b"\0\0\0\1\xc1")
        with pytest.raises(GarbledLine):
            line.receive()
        with pytest.raises(LineClosed):
            line.receive()


def opened(mute):
    """A line and the raw socket at its other end."""
    with ThreadPoolExecutor() as threads:
        opening = threads.submit(open_line, Path(mute.getsockname()))
        there, _ = mute.accept()
        there.sendall(transmitter_framing().hello())
        return opening.result(), there
