"""
How the transmitter fetches from other people's servers.

Laws:

* A connection is made to an address that was resolved once and then allowed,
  at every hop: a name cannot change its meaning between the check and the call.
* Every wait has an end and everything read has a limit, because the other server
  may be broken or may mean harm.
* Whatever goes wrong is one ``RelayTrouble``, whose sentence says where.

HTTP/1.0 is spoken, because what listens to radio always has.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from groundwave.transmitter.privacy import Address, read_address
from groundwave.transmitter.relay_target import Allow, RelayTrouble, Target, led_on
from groundwave.wire.errors import PeerError
from groundwave.wire.http.chunked import ChunkedReader
from groundwave.wire.http.head import ResponseHead, ResponseReader


MAX_REDIRECTS = 5
# Content delivery networks send four times what Icecast does.
MAX_HEAD = 32 * 1024
DOCUMENT_SECONDS = 30.0

_READ = 16 * 1024
_REDIRECTS = {301, 302, 303, 307, 308}


class Answer:
    """
    A response whose body is still coming.

    Attributes:
        url: where it came from, after redirects.
        head: its head.
    """

    def __init__(
        self, url: str, target: Target, call: _Call, reader: ResponseReader
    ) -> None:
        head = reader.head
        if head is None:
            raise RelayTrouble(f"{target.shown} hung up without an answer.")
        self.url = url
        self.head: ResponseHead = head
        self._shown = target.shown
        self._call = call
        self._waiting = reader.leftover
        coding = head.headers.get("transfer-encoding").lower()
        self._chunks = ChunkedReader() if "chunked" in coding else None
        length = head.headers.get("content-length")
        known = length.isdecimal() and self._chunks is None
        self._left = int(length[:15]) if known else None

    @property
    def content_type(self) -> str:
        """The media type in lower case, without parameters."""
        value = self.head.headers.get("content-type")
        return value.partition(";")[0].strip().lower()

    async def read(self) -> bytes:
        """
        Return the next bytes of the body; none at its end.

        Raises:
            RelayTrouble: the connection broke, stalled or ended too early.
        """
        while not self._is_complete():
            raw, self._waiting = self._waiting, b""
            raw = raw or await self._call.read()
            if not raw:
                self._end()
                return b""
            if body := self._unframed(raw):
                return body
        return b""

    async def read_all(self, limit: int) -> bytes:
        """
        Return the whole body.

        Raises:
            RelayTrouble: it is longer than *limit* bytes, or it never ends.
        """
        body = bytearray()
        try:
            async with asyncio.timeout(DOCUMENT_SECONDS):
                while data := await self.read():
                    body += data
                    if len(body) > limit:
                        raise RelayTrouble(
                            f"{self._shown} is longer than {limit} bytes, so it is "
                            "not what a relay needs. Check the relay's address."
                        )
        except TimeoutError:
            raise _stalled(self._shown) from None
        return bytes(body)

    def close(self) -> None:
        """End the connection."""
        self._call.close()

    def _is_complete(self) -> bool:
        return self._left == 0 or (self._chunks is not None and self._chunks.ended)

    def _unframed(self, raw: bytes) -> bytes:
        if self._chunks is not None:
            try:
                return self._chunks.receive_data(raw)
            except PeerError:
                raise RelayTrouble(f"{self._shown} sent a damaged answer.") from None
        if self._left is not None:
            raw = raw[: self._left]
            self._left -= len(raw)
        return raw

    def _end(self) -> None:
        if self._left or self._chunks is not None:
            raise RelayTrouble(f"{self._shown} broke off in the middle.")
        self._left = 0


class Outbound:
    """
    Makes requests.

    Args:
        allow: whether an address may be connected to.
        patience: seconds to wait for a connection, an answer, or more of it.
        tls: whom to believe over HTTPS; the system's authorities by default.
    """

    def __init__(
        self, *, allow: Allow, patience: float, tls: ssl.SSLContext | None = None
    ) -> None:
        self._allow = allow
        self._patience = patience
        self._tls = tls

    @asynccontextmanager
    async def get(self, url: str) -> AsyncIterator[Answer]:
        """
        Fetch *url*, redirects followed; the answer is good inside the block.

        Raises:
            RelayTrouble: it cannot be had; the status was other than 200.
        """
        answer = await self._follow(url)
        try:
            yield answer
        finally:
            answer.close()

    async def _follow(self, url: str) -> Answer:
        for _ in range(MAX_REDIRECTS + 1):
            target = Target.read(url)
            answer = await self._ask(url, target)
            status, location = answer.head.status, answer.head.headers.get("location")
            if status == 200:
                return answer
            answer.close()
            if status not in _REDIRECTS or not location:
                raise RelayTrouble(
                    f"{target.shown} answered {status} {answer.head.reason}".rstrip()
                    + ". Check the relay's address."
                )
            url = led_on(url, location)
        raise RelayTrouble(f"{Target.read(url).shown} is redirected without end.")

    async def _ask(self, url: str, target: Target) -> Answer:
        call = await self._connect(target)
        try:
            call.writer.write(target.request())
            return Answer(url, target, call, await call.read_head())
        except BaseException:
            call.close()
            raise

    async def _connect(self, target: Target) -> _Call:
        reason = ""
        for address in await self._addresses(target):
            try:
                async with asyncio.timeout(self._patience):
                    reader, writer = await asyncio.open_connection(
                        str(address),
                        target.port,
                        ssl=self._context() if target.scheme == "https" else None,
                        server_hostname=(
                            target.host if target.scheme == "https" else None
                        ),
                    )
                return _Call(reader, writer, target.shown, self._patience)
            except TimeoutError:
                reason = "it does not answer"
            except OSError as problem:
                reason = str(problem)
        raise RelayTrouble(f"{target.shown} cannot be reached: {reason}.")

    async def _addresses(self, target: Target) -> list[Address]:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self._patience):
                found = await loop.getaddrinfo(target.host, target.port)
        except OSError:
            raise RelayTrouble(
                f"There is no server {target.host}, or no name service. Check the "
                "relay's address."
            ) from None
        read = [read_address(str(place[0])) for *_, place in found]
        addresses = list(dict.fromkeys(address for address in read if address))
        allowed = [address for address in addresses if self._allow(address)]
        if not allowed:
            raise RelayTrouble(
                f"{target.host} is at {', '.join(map(str, addresses))}, where relays "
                "may not go. Give the address of the stream's own server."
            )
        return allowed

    def _context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = ssl.create_default_context()
        return self._tls


@dataclass(frozen=True, slots=True)
class _Call:
    """An open connection that is waited for with patience, not for ever."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    shown: str
    patience: float

    async def read(self) -> bytes:
        try:
            async with asyncio.timeout(self.patience):
                return await self.reader.read(_READ)
        except TimeoutError:
            raise _stalled(self.shown) from None
        except OSError as problem:
            raise RelayTrouble(
                f"The connection to {self.shown} broke: {problem}."
            ) from problem

    async def read_head(self) -> ResponseReader:
        """Return the reader that has read the answer's head."""
        reader = ResponseReader(max_bytes=MAX_HEAD)
        try:
            while reader.head is None and (data := await self.read()):
                reader.receive_data(data)
        except PeerError as problem:
            raise RelayTrouble(f"{self.shown}: {problem.sentence}") from problem
        return reader

    def close(self) -> None:
        self.writer.transport.abort()


def _stalled(shown: str) -> RelayTrouble:
    return RelayTrouble(f"Nothing has come from {shown} for too long.")
