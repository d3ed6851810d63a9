"""
What carries messages between the site and the transmitter, and how they travel.

Laws:

* A line is two ordered streams of whole messages. What was sent before a line
  was closed is still received; after that, both ends learn ``LineClosed``.
* On the wire a message is four bytes of length, big-endian, and that many bytes
  of msgpack; never more than ``MAX_FRAME``, checked before anything is kept.
* The first frame each way is a ``Hello``, whose shape never changes, so that any
  two versions can tell each other which of them is too old.
* No bytes on a line can harm more than that line.
"""

from __future__ import annotations

import struct
from typing import Generic, Protocol, TypeVar

import msgspec

from groundwave.patchbay.errors import (
    FrameTooLarge,
    GarbledLine,
    LineClosed,
    VersionMismatch,
)
from groundwave.patchbay.messages import VERSION, FromSite, FromTransmitter


__all__ = [
    "MAX_FRAME",
    "WORKER",
    "Framing",
    "Hello",
    "Line",
    "LineClosed",
    "SiteLine",
    "TransmitterLine",
    "site_framing",
    "transmitter_framing",
]

MAX_FRAME = 8 * 1024 * 1024
SITE = "site"
# The desk: the one line on which the site is told whatever happens.
WORKER = "worker"
TRANSMITTER = "transmitter"

Sends = TypeVar("Sends", bound=msgspec.Struct)
Receives = TypeVar("Receives")
Sends_contra = TypeVar("Sends_contra", contravariant=True)
Receives_co = TypeVar("Receives_co", covariant=True)

_LENGTH = struct.Struct(">I")
_encode = msgspec.msgpack.Encoder().encode


class Hello(msgspec.Struct, frozen=True):
    """
    The first frame each way.

    Attributes:
        version: of the messages the sender speaks.
        name: who is speaking: ``transmitter``, ``site``, ``worker`` ….
    """

    version: int
    name: str


class Line(Protocol[Sends_contra, Receives_co]):
    """
    One end of a line that is open and of one version with the other end.

    Attributes:
        peer: what the other end calls itself.
    """

    @property
    def peer(self) -> str: ...

    async def send(self, message: Sends_contra, /) -> None:
        """
        Send *message*, waiting while the other end is behind.

        Raises:
            LineClosed: the line has ended; the message may not have arrived.
            FrameTooLarge: nothing was sent and the line is still open.
        """
        ...

    async def receive(self) -> Receives_co:
        """
        Return the next message; cancelling the wait loses none.

        Raises:
            LineClosed: the line has ended and nothing is left to receive.
            GarbledLine: the other end broke the protocol; the line is closed.
        """
        ...

    def close(self) -> None:
        """End the line after what was already sent; closing twice is fine."""
        ...


SiteLine = Line[FromSite, FromTransmitter]
"""The site's end of a line."""
TransmitterLine = Line[FromTransmitter, FromSite]
"""The transmitter's end of a line."""


class Framing(Generic[Sends, Receives]):
    """
    One end's framing: messages to bytes, and bytes, however sliced, to messages.

    Send ``hello`` first. Feed what arrives to ``receive_data`` and take messages
    from ``next_message``. It does no I/O, and is no more to be used once it has
    raised.

    Args:
        hears: decodes what the other end may say.
        name: what this end calls itself.
    """

    def __init__(
        self, hears: msgspec.msgpack.Decoder[Receives], name: str, *, version: int
    ) -> None:
        self._hears = hears
        self._hello = Hello(version, name)
        self._peer: Hello | None = None
        self._received = bytearray()

    @property
    def peer(self) -> str | None:
        """What the other end calls itself; ``None`` until it has said so."""
        return None if self._peer is None else self._peer.name

    def hello(self) -> bytes:
        """Return the frame with which this end begins."""
        return _framed(_encode(self._hello))

    def message(self, message: Sends) -> bytes:
        """
        Return the frame that carries *message*.

        Raises:
            FrameTooLarge: it is longer than ``MAX_FRAME``.
        """
        return _framed(_encode(message))

    def receive_data(self, data: bytes) -> None:
        """
        Take bytes from the other end; its ``Hello`` among them is read here.

        Raises:
            GarbledLine: they are not a ``Hello``, or one of another version.
        """
        self._received += data
        if self._peer is None and (body := self._next_body()) is not None:
            self._peer = self._greeted(body)

    def next_message(self) -> Receives | None:
        """
        Return the next whole message, or ``None`` until more bytes come.

        Raises:
            GarbledLine: what came is no message.
        """
        if self._peer is None or (body := self._next_body()) is None:
            return None
        try:
            return self._hears.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
            raise GarbledLine(
                f"The {self._peer.name} sent what is not a message ({problem}); "
                "check that both halves of Groundwave are of one release."
            ) from problem

    def _next_body(self) -> bytes | None:
        if len(self._received) < _LENGTH.size:
            return None
        size: int = _LENGTH.unpack_from(self._received)[0]
        if size > MAX_FRAME:
            raise FrameTooLarge(size, MAX_FRAME)
        end = _LENGTH.size + size
        if len(self._received) < end:
            return None
        body = bytes(self._received[_LENGTH.size : end])
        del self._received[:end]
        return body

    def _greeted(self, body: bytes) -> Hello:
        try:
            hello = msgspec.msgpack.decode(body, type=Hello)
        except (msgspec.DecodeError, UnicodeDecodeError) as problem:
            raise GarbledLine(
                "What answers is not Groundwave's patchbay; check the socket's path."
            ) from problem
        if hello.version != self._hello.version:
            raise VersionMismatch(
                self._hello.version, self._hello.name, hello.version, hello.name
            )
        return hello


def site_framing(
    name: str = SITE, *, version: int = VERSION
) -> Framing[FromSite, FromTransmitter]:
    """Return the framing of the site's end."""
    hears: msgspec.msgpack.Decoder[FromTransmitter]
    hears = msgspec.msgpack.Decoder(FromTransmitter)
    return Framing(hears, name, version=version)


def transmitter_framing(
    name: str = TRANSMITTER, *, version: int = VERSION
) -> Framing[FromTransmitter, FromSite]:
    """Return the framing of the transmitter's end."""
    hears: msgspec.msgpack.Decoder[FromSite]
    hears = msgspec.msgpack.Decoder(FromSite)
    return Framing(hears, name, version=version)


def _framed(body: bytes) -> bytes:
    if len(body) > MAX_FRAME:
        raise FrameTooLarge(len(body), MAX_FRAME)
    return _LENGTH.pack(len(body)) + body
