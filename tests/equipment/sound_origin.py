"""Somebody else's server, with one sound on it."""

from __future__ import annotations

import contextlib
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

from equipment.recordings import tone


_RANGE = re.compile(r"bytes=(\d+)-(\d*)")


class SoundOrigin:
    """
    Serves a tone, or pieces of it, from ``with`` to the end of the block.

    Attributes:
        asked: the path of each request that came.
        is_away: whether it answers nobody but with 503.
    """

    def __init__(self, seconds: float, hertz: int = 440) -> None:
        self.asked: list[str] = []
        self.is_away = False
        self.sound = tone(seconds, hertz)

    def __enter__(self) -> Self:
        origin = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:  # its name is what the library looks for
                origin.asked.append(self.path)
                origin.answer(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's name for it
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=[0.01])
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        return self._server.server_port

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/ferry.wav"

    def answer(self, asked: BaseHTTPRequestHandler) -> None:
        if self.is_away:
            asked.send_error(503)
            return
        found = _RANGE.fullmatch(asked.headers.get("Range", ""))
        first = int(found[1]) if found else 0
        last = int(found[2]) if found and found[2] else len(self.sound) - 1
        piece = self.sound[first : last + 1]
        asked.send_response(206 if found else 200)
        if found:
            total = len(self.sound)
            asked.send_header("Content-Range", f"bytes {first}-{last}/{total}")
        asked.send_header("Accept-Ranges", "bytes")
        asked.send_header("Content-Type", "audio/wav")
        asked.send_header("Content-Length", str(len(piece)))
        asked.end_headers()
        with contextlib.suppress(OSError):  # a browser hangs up that has enough
            asked.wfile.write(piece)
