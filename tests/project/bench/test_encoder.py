from __future__ import annotations

import asyncio
import time

import pytest

from groundwave.project.bench.encoder import encoding, entitle, go_on_air
from groundwave.project.bench.errors import Unmeasurable
from groundwave.project.bench.sound import FRAME_SECONDS


LOOP = [b"a" * 417, b"b" * 418, b"c" * 418]
OK = b"HTTP/1.0 200 OK\r\n\r\n"


class Ingest:
    """Takes one source, and keeps what it sends."""

    def __init__(self, answer=OK, *, cut_after=None):
        self.answer = answer
        self.cut_after = cut_after
        self.request = b""
        self.sound = b""
        self.ended = asyncio.Event()

    async def __aenter__(self):
        self._server = await asyncio.start_server(self._take, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_):
        self._server.close()
        await self.ended.wait()

    async def _take(self, reader, writer):
        self.request = await reader.readuntil(b"\r\n\r\n")
        writer.write(self.answer)
        while data := await reader.read(4096):
            self.sound += data
            if self.cut_after and len(self.sound) > self.cut_after:
                writer.transport.abort()
                break
        writer.close()
        self.ended.set()


async def test_frames_are_sent_in_order_and_as_fast_as_they_sound():
    started = time.monotonic()
    async with (
        Ingest() as ingest,
        encoding("127.0.0.1", ingest.port, "/bench", "key", LOOP),
    ):
        await asyncio.sleep(0.5)
    due = (time.monotonic() - started) / FRAME_SECONDS

    whole = b"".join(LOOP)
    assert ingest.sound == (whole * 100)[: len(ingest.sound)]
    assert 0.5 * due <= len(ingest.sound) / 417 <= due + 1


async def test_a_source_gives_its_key():
    async with Ingest() as ingest:
        _, writer = await go_on_air("127.0.0.1", ingest.port, "/bench", "key")
        writer.close()

    assert ingest.request.startswith(b"SOURCE /bench HTTP/1.0\r\n")
    assert b"\r\nAuthorization: Basic c291cmNlOmtleQ==\r\n" in ingest.request


async def test_a_refusal_is_told_in_the_servers_words():
    async with Ingest(b"HTTP/1.0 403 Mountpoint in use\r\n\r\n") as ingest:
        with pytest.raises(Unmeasurable, match="403 Mountpoint in use"):
            await go_on_air("127.0.0.1", ingest.port, "/bench", "key")


async def test_a_server_that_cuts_its_encoder_spoils_the_measurement():
    async def be_cut(ingest):
        async with encoding("127.0.0.1", ingest.port, "/bench", "key", LOOP):
            await ingest.ended.wait()
            await asyncio.sleep(0.2)

    async with Ingest(cut_after=800) as ingest:
        with pytest.raises(Unmeasurable, match="ended the encoder's connection"):
            await be_cut(ingest)


async def test_a_title_is_sent_as_encoders_send_it(tiny_server):
    async with tiny_server(OK, None) as server:
        await entitle("127.0.0.1", server.port, "/bench", "key", "The Bench - One")

    line = server.requests[0].partition(b"\r\n")[0]
    assert line == (
        b"GET /admin/metadata?mode=updinfo&mount=/bench&charset=UTF-8"
        b"&song=The%20Bench%20-%20One HTTP/1.0"
    )
