"""One connection, byte for byte: what is said and what is answered."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from groundwave.wire.http.head import ResponseHead, ResponseReader


PATIENCE = 10.0


@dataclass(frozen=True)
class Answer:
    """One whole response."""

    head: ResponseHead
    body: bytes

    @property
    def status(self) -> int:
        return self.head.status

    @property
    def text(self) -> str:
        return self.body.decode()

    def header(self, name: str) -> str:
        return self.head.headers.get(name)


class Caller:
    """A client on a port of 127.0.0.1; nothing it waits for may take long."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._received = b""

    @classmethod
    async def dial(cls, port: int) -> Caller:
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    def say(self, data: bytes) -> None:
        self._writer.write(data)

    async def hear(self, *, bodiless: bool = False) -> Answer:
        """Return the next response; one without a length lasts to the end."""
        async with asyncio.timeout(PATIENCE):
            head, rest = await self._hear_head()
            length = head.headers.get("content-length")
            if bodiless or head.status in (100, 204, 304):
                body, self._received = b"", rest
            elif length:
                body = rest + await self._some(int(length) - len(rest))
                body, self._received = body[: int(length)], body[int(length) :]
            else:
                body = rest + await self._reader.read()
            return Answer(head, body)

    async def hear_head(self) -> ResponseHead:
        """Return the head of a response that does not end."""
        async with asyncio.timeout(PATIENCE):
            head, self._received = await self._hear_head()
            return head

    async def hear_bytes(self, count: int) -> bytes:
        async with asyncio.timeout(PATIENCE):
            data = self._received + await self._some(count - len(self._received))
            self._received = data[count:]
            return data[:count]

    async def hear_end(self) -> bytes:
        """Return all that comes until the server closes the connection."""
        data, self._received = self._received, b""
        try:
            async with asyncio.timeout(PATIENCE):
                return data + await self._reader.read()
        except ConnectionResetError:
            return data

    def hang_up(self) -> None:
        self._writer.transport.abort()

    def say_no_more(self) -> None:
        self._writer.write_eof()

    async def _hear_head(self) -> tuple[ResponseHead, bytes]:
        reader = ResponseReader()
        reader.receive_data(self._received)
        while reader.head is None:
            data = await self._reader.read(65536)
            assert data, "the connection was closed before it was answered"
            reader.receive_data(data)
        return reader.head, reader.leftover

    async def _some(self, count: int) -> bytes:
        return await self._reader.readexactly(max(0, count))


Dial = Callable[..., Awaitable[Caller]]
"""Connects to a port and says something; hangs up when the test is over."""


async def until(fact: Callable[[], object], *, seconds: float = 5) -> None:
    """Look again until *fact* holds; for what nobody announces."""
    async with asyncio.timeout(seconds):
        while not fact():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def ask(port: int, request: str, *headers: str) -> Answer:
    """Send one request on a connection of its own."""
    caller = await Caller.dial(port)
    try:
        caller.say(written(request, "Connection: close", *headers))
        return await caller.hear(bodiless=request.startswith("HEAD "))
    finally:
        caller.hang_up()


def written(request: str, *headers: str) -> bytes:
    """``GET /path`` and header lines, as they travel."""
    start = request if " HTTP/" in request else f"{request} HTTP/1.1"
    return "\r\n".join([start, *headers, "", ""]).encode()


def basic(username: str, password: str) -> str:
    """The header that says who is asking."""
    login = base64.b64encode(f"{username}:{password}".encode()).decode()
    return f"Authorization: Basic {login}"
