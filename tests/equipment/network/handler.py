"""The network's end of its sockets: reads questions, writes answers."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable, Iterable
from datetime import datetime
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

from equipment.network.asked import Answer, Asked


def handler_for(
    answer: Callable[[Asked], Answer], now: Callable[[], datetime]
) -> type[BaseHTTPRequestHandler]:
    return type(
        "NetworkHandler",
        (Handler,),
        {"answer": staticmethod(answer), "now": staticmethod(now)},
    )


class Handler(BaseHTTPRequestHandler):
    """Speaks HTTP/1.1 and keeps connections; says nothing in the test's output."""

    protocol_version = "HTTP/1.1"
    server_version = "Network"
    sys_version = ""
    # An answer is two writes: the second must not wait for the first to be heard of.
    disable_nagle_algorithm = True
    answer: ClassVar[Callable[[Asked], Answer]]
    now: ClassVar[Callable[[], datetime]]

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            # Whoever asked has heard enough, or the network closes.
            self.close_connection = True

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(length)
        self._tell(type(self).answer(Asked(self.command, self.path, headers, body)))

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = _serve  # noqa: N815

    def _tell(self, answer: Answer) -> None:
        self.send_response(answer.status)
        framing = _framing(answer)
        for name, value in (answer.headers | framing).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self._write(answer.body, chunked="Transfer-Encoding" in framing)
        if "Content-Length" in answer.headers:
            self.close_connection = True

    def _write(self, body: bytes | Iterable[bytes], *, chunked: bool) -> None:
        for each in [body] if isinstance(body, bytes) else body:
            if each:
                self.wfile.write(
                    b"%x\r\n%b\r\n" % (len(each), each) if chunked else each
                )
        if chunked:
            self.wfile.write(b"0\r\n\r\n")

    def date_time_string(self, timestamp: float | None = None) -> str:
        return format_datetime(type(self).now(), usegmt=True)

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002
        """Tests look at what the network was asked."""


def _framing(answer: Answer) -> dict[str, str]:
    """Return the headers that say what the body is, and where it ends."""
    if answer.status in (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED):
        return {}
    kind = {"Content-Type": answer.kind}
    if "Content-Length" in answer.headers:
        return kind
    if isinstance(answer.body, bytes):
        return {**kind, "Content-Length": str(len(answer.body))}
    return {**kind, "Transfer-Encoding": "chunked"}


class Listener(ThreadingHTTPServer):
    """Waits for its threads at the end, and so hangs up on who is still connected."""

    daemon_threads = False
    request_queue_size = 128

    def __init__(self, *arguments: Any) -> None:
        self._open: set[socket.socket] = set()
        super().__init__(*arguments)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        for each in list(self._open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Let the thread fail as loudly as any other; pytest makes that an error."""
        raise
