"""
Server-sent events: the writer's side and a reader of the same stream.

WHATWG HTML, section 9.2 "Server-sent events"
(https://html.spec.whatwg.org/multipage/server-sent-events.html). The stream is
UTF-8; an event ends with an empty line; a line that begins with a colon is a
comment.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from groundwave.wire.errors import PeerError, UsageError


LARGEST_EVENT = 1 << 20
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class ServerSentEvent:
    """
    One event of the stream.

    Attributes:
        id: what a returning reader sends as ``Last-Event-ID``; empty for none.
        event: the name listeners subscribe to; empty means ``message``.
        data: any text; its line ends arrive as line feeds, and what UTF-8 cannot
            carry as question marks.
    """

    id: str = ""
    event: str = ""
    data: str = ""

    def encode(self) -> bytes:
        """
        Return the event's bytes on the stream.

        Raises:
            UsageError: if the id or the name holds a line end or a NUL, which
                would let data pass for another event.
        """
        for name, text in (("id", self.id), ("event", self.event)):
            if any(forbidden in text for forbidden in "\r\n\0"):
                raise UsageError(f"A line end or NUL in an event's {name}: {text!r}.")
        lines = [f"id: {self.id}"] if self.id else []
        if self.event:
            lines.append(f"event: {self.event}")
        lines += [f"data: {line}" for line in _LINE_END.split(self.data)]
        return ("\n".join(lines) + "\n\n").encode(errors="replace")


def retry(milliseconds: int) -> bytes:
    """Return the bytes that tell a reader how long to wait before it reconnects."""
    if milliseconds < 0:
        raise UsageError(f"A reader cannot wait {milliseconds} ms.")
    return f"retry: {milliseconds}\n\n".encode()


class EventStreamReader:
    """
    Bytes in, events out, however the bytes were cut (9.2.5 and 9.2.6).

    Attributes:
        last_event_id: what to send as ``Last-Event-ID`` when reconnecting.
        retry_ms: how long the server asks to wait before that, if it asked.
    """

    def __init__(self) -> None:
        self.last_event_id = ""
        self.retry_ms: int | None = None
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._line = ""
        self._after_return = False
        self._id = ""
        self._event = ""
        self._data: list[str] = []
        self._size = 0

    def receive_data(self, data: bytes) -> list[ServerSentEvent]:
        """
        Take the next bytes of the stream; return the events they complete.

        Raises:
            PeerError: if one event grows past ``LARGEST_EVENT`` characters.
        """
        text = self._decoder.decode(data)
        if self._after_return and text:
            text = text.removeprefix("\n")
            self._after_return = False
        if text.endswith("\r"):
            self._after_return = True
        *whole, rest = _LINE_END.split(text)
        events = []
        for line in whole:
            line, self._line = self._line + line, ""
            if event := self._take_line(line):
                events.append(event)
        self._line += rest
        self._limit(len(self._line))
        return events

    def _take_line(self, line: str) -> ServerSentEvent | None:
        if not line:
            return self._dispatch()
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._data.append(value)
            self._size += len(value) + 1
            self._limit(0)
        elif name == "event":
            self._event = value
        elif name == "id" and "\0" not in value:
            self._id = value
        elif name == "retry" and value.isascii() and value.isdigit():
            self.retry_ms = int(value)
        return None

    def _dispatch(self) -> ServerSentEvent | None:
        name, data = self._event, self._data
        self._event, self._data, self._size = "", [], 0
        # Only now: an event that was cut off has to be sent again (9.2.6).
        self.last_event_id = self._id
        if not data:
            return None
        return ServerSentEvent(self.last_event_id, name, "\n".join(data))

    def _limit(self, line: int) -> None:
        if self._size + line > LARGEST_EVENT:
            raise PeerError("The event stream sent an event that never ends.")
