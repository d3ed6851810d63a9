"""One listener: a socket, and a position on a mount's reel."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from datetime import datetime

from groundwave.transmitter.reel import Reel
from groundwave.wire.icy import METAINT, NO_CHANGE


# Bytes to send, and the ICY block they are, if they are one rather than sound.
Part = tuple[bytes | memoryview, bytes | None]


class ListenerGone(Exception):
    """The listener's side closed the connection."""


@dataclass(slots=True, eq=False)
class Listener:
    """
    A live connection that is being sent a mount.

    Attributes:
        position: the reel offset of the next byte of sound.
        until_metadata: bytes of sound until the next ICY block; None without ICY.
        title: the ICY block last sent, so that an unchanged title costs one byte.
        owed: what must go before more sound: the response head, or the rest of
            an ICY block that the socket did not take at once.
    """

    id: int
    sock: socket.socket
    address: str
    agent: str
    referrer: str
    started_at: datetime
    position: int
    until_metadata: int | None = None
    title: bytes = b""
    owed: bytes = b""
    bytes_sent: int = 0

    def send(self, reel: Reel, end: int) -> bool:
        """
        Send what lies between the position and *end*; return whether all went.

        Raises:
            ListenerGone: the other side closed.
        """
        try:
            if self.owed and not self._send_owed():
                return False
            if self.until_metadata is None:
                return self._send_sound(reel, end)
            return self._send_with_titles(reel, end)
        except BlockingIOError:
            return False
        except OSError as error:
            raise ListenerGone(str(error)) from error

    def _send_sound(self, reel: Reel, end: int) -> bool:
        if self.position == end:
            return True
        sent = self.sock.send(reel.span(self.position, end))
        self.position += sent
        self.bytes_sent += sent
        return self.position == end

    def _send_with_titles(self, reel: Reel, end: int) -> bool:
        while self.position < end:
            parts = self._parts(reel, end)
            sent = self.sock.sendmsg([data for data, _ in parts])
            self.bytes_sent += sent
            if not self._account(parts, sent):
                return False
        return True

    def _parts(self, reel: Reel, end: int) -> list[Part]:
        """
        Return the sound up to *end*, cut where ICY blocks are due, and the blocks.

        Only the cuts are this listener's own; the bytes are everybody's.
        """
        sound = memoryview(reel.span(self.position, end))
        until, title, at = self._until_metadata, self.title, 0
        parts: list[Part] = []
        while len(sound) - at >= until:
            parts.append((sound[at : at + until], None))
            at, until = at + until, METAINT
            block = reel.title_at(self.position + at)
            parts.append((NO_CHANGE if block == title else block, block))
            title = block
        if at < len(sound):
            parts.append((sound[at:], None))
        return parts

    def _account(self, parts: list[Part], sent: int) -> bool:
        """Move on by *sent* bytes; return whether everything was taken."""
        for data, block in parts:
            taken = min(sent, len(data))
            sent -= taken
            if block is None:
                self.position += taken
                self.until_metadata = self._until_metadata - taken
                if taken < len(data):
                    return False
            else:
                self.until_metadata, self.title = METAINT, block
                self.owed = bytes(data[taken:])
                if self.owed:
                    return False
        return True

    @property
    def _until_metadata(self) -> int:
        return METAINT if self.until_metadata is None else self.until_metadata

    def _send_owed(self) -> bool:
        sent = self.sock.send(self.owed)
        self.owed = self.owed[sent:]
        self.bytes_sent += sent
        return not self.owed
