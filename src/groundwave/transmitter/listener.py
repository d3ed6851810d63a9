"""One listener: a socket, and a position on a mount's reel."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from datetime import datetime

from groundwave.transmitter.reel import Reel
from groundwave.wire.icy import METAINT, NO_CHANGE


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
            buffers, metadata = self._next_buffers(reel, end)
            sent = self.sock.sendmsg(buffers)
            self.bytes_sent += sent
            if not self._account(sent, len(buffers[0]), metadata):
                return False
        return True

    def _next_buffers(self, reel: Reel, end: int) -> tuple[list[bytes], bytes]:
        """Return the sound up to the next metadata point, and the block due there."""
        until = self.until_metadata or METAINT
        sound = reel.span(self.position, min(end, self.position + until))
        if len(sound) < until:
            return [sound], b""
        block = reel.title_at(self.position + until)
        if block == self.title:
            block = NO_CHANGE
        return [sound, block], block

    def _account(self, sent: int, sound: int, metadata: bytes) -> bool:
        """Move on by *sent* bytes; return whether everything was taken."""
        until = self.until_metadata or METAINT
        self.position += min(sent, sound)
        if not metadata or sent < sound:
            self.until_metadata = until - min(sent, sound)
            return sent == sound
        self.until_metadata = METAINT
        self.title = self.title if metadata == NO_CHANGE else metadata
        self.owed = metadata[sent - sound :]
        return not self.owed

    def _send_owed(self) -> bool:
        sent = self.sock.send(self.owed)
        self.owed = self.owed[sent:]
        self.bytes_sent += sent
        return not self.owed
