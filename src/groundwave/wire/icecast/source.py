"""
Icecast's source protocol, the server's side.

``SOURCE`` (HTTP/1.0, 1.1 and ICE/1.0) is as old as streaming and is answered at
once with a bare ``HTTP/1.0 200 OK``. ``PUT`` is HTTP/1.1: with ``Expect:
100-continue`` it is answered with the interim 100 and nothing else, or with the
final refusal *instead*, because encoders look at the first status only; the
final 200 follows when the stream is over. A ``PUT`` that expects nothing hears
nothing until then.

libshout first *pokes*: the request without credentials or body, to learn from
the 401 what the server can do. ``challenge`` answers it, and the next request
follows on the same connection.
"""

from __future__ import annotations

from groundwave.wire.errors import PeerError, UsageError
from groundwave.wire.http.chunked import ChunkedReader
from groundwave.wire.http.head import RequestHead, basic_credentials, response
from groundwave.wire.icecast.description import StreamDescription
from groundwave.wire.icecast.events import (
    AudioReceived,
    SourceEnded,
    SourceEvent,
    SourceRequested,
)
from groundwave.wire.icecast.handshake import Handshake, Stage
from groundwave.wire.icecast.refusals import Refusal, needs_password


__all__ = [
    "AudioReceived",
    "SourceEnded",
    "SourceEvent",
    "SourceHandshake",
    "SourceRequested",
    "StreamDescription",
    "is_source_request",
]

# What libshout reads from a 401: it may PUT, and need not chunk.
_ABILITIES = (("Allow", "GET, PUT, OPTIONS, SOURCE"), ("Accept-Encoding", "identity"))
_LOGIN = ("WWW-Authenticate", 'Basic realm="Groundwave"')
_CLOSE = ("Connection", "close")
_CODING_UNKNOWN = (
    "This server takes a stream as it is or chunked; turn other transfer encodings "
    "off in the encoder."
)


def is_source_request(head: RequestHead) -> bool:
    """Whether someone asks to send a stream."""
    return head.method in {"SOURCE", "PUT"}


class SourceHandshake(Handshake):
    """
    One source's request and, once accepted, its stream.

    Args:
        head: a source's request.
        leftover: what was received after it.

    Raises:
        PeerError: the body comes in a way this server does not read.
        UsageError: *head* is no source's request.
    """

    def __init__(self, head: RequestHead, leftover: bytes = b"") -> None:
        super().__init__()
        if not is_source_request(head):
            raise UsageError(f"{head.method} is not a source's request.")
        self._head = head
        self._chunks = _chunks(head)
        self._events.append(
            SourceRequested(
                head.path,
                basic_credentials(head.headers),
                StreamDescription.read(head.headers),
                f"{head.method} {head.version}",
            )
        )
        self.receive_data(leftover)

    @property
    def finished_poke(self) -> bool:
        """Whether the next head follows on this connection, after ``leftover``."""
        return self._stage is Stage.CHALLENGED

    @property
    def leftover(self) -> bytes:
        """After a finished poke: what has already come of the next request."""
        return bytes(self._early) if self.finished_poke else b""

    def challenge(self) -> None:
        """
        Ask for credentials.

        A request that promises to have no body leaves the connection open for
        the next one (``finished_poke``); any other ends it (``closing``).

        Raises:
            UsageError: there is no request that waits for a verdict.
        """
        stays = (
            self._head.keep_alive and self._head.headers.get("content-length") == "0"
        )
        self._decide(Stage.CHALLENGED if stays else Stage.REFUSED)
        connection = ("Connection", "keep-alive") if stays else _CLOSE
        self._outgoing += needs_password().response(
            self._version, headers=(_LOGIN, *_ABILITIES, connection)
        )

    @property
    def _version(self) -> str:
        spoken = self._head.version
        return "HTTP/1.1" if (self._puts and spoken == "HTTP/1.1") else "HTTP/1.0"

    @property
    def _puts(self) -> bool:
        return self._head.method == "PUT"

    def _hear(self, data: bytes) -> None:
        if self._chunks is None:
            self._report_audio(data)
            return
        self._report_audio(self._chunks.receive_data(data))
        if self._chunks.ended:
            self._end()

    def _welcome(self) -> bytes:
        if not self._puts:
            return b"HTTP/1.0 200 OK\r\n\r\n"
        if "100-continue" in self._head.headers.tokens("expect"):
            return response(100)
        return b""

    def _farewell(self, refusal: Refusal) -> bytes:
        login = (_LOGIN,) if refusal.status == 401 else ()
        return refusal.response(self._version, headers=(*login, _CLOSE))

    def _goodbye(self) -> bytes:
        if not self._puts:
            return b""
        headers = [("Content-Length", "0"), _CLOSE]
        return response(200, headers, version=self._version)


def _chunks(head: RequestHead) -> ChunkedReader | None:
    codings = head.headers.tokens("transfer-encoding") - {"identity"}
    if codings - {"chunked"}:
        raise PeerError(_CODING_UNKNOWN, status=501)
    return ChunkedReader() if codings else None
