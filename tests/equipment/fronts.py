"""The front on a port of its own, around a WSGI application that a test has in hand."""

from __future__ import annotations

import asyncio
import http.client
import socket
import socketserver
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler

import uvloop

from groundwave.delivery.edition.question import House
from groundwave.delivery.edition.wsgi import Application, BehindTheFront
from groundwave.delivery.front.front import Front
from groundwave.delivery.front.port import opened, serve
from groundwave.delivery.front.site import Site


DATE = "Mon, 23 Nov 2026 06:00:00 GMT"
Head = dict[str, str]


class Around:
    """
    A front with a clock and an edition that a test turns by hand.

    The site behind it is asked through a real socket, by a server that is not ours.
    *beforehand* is called in each of its threads.
    """

    def __init__(
        self,
        site: Application,
        *,
        house: House,
        room: int = 1_000_000,
        edition: Callable[[], int] | None = None,
        beforehand: Callable[[], None] = lambda: None,
    ) -> None:
        self.number, self.now = 1, 1000.0
        # The test's own folder may have too long a name for a socket.
        self._folder = TemporaryDirectory(prefix="gw")
        self._path = Path(self._folder.name) / "site.sock"
        behind = BehindTheFront(site, host="kgnd.example", port=80)
        self._pages = _Pages(self._path, behind, beforehand)
        self._arguments: dict[str, Any] = {
            "house": house,
            "room": room,
            "edition": edition or (lambda: self.number),
            "clock": lambda: self.now,
            "date": lambda: DATE,
        }
        self._is_there = threading.Event()
        self._thread = threading.Thread(target=lambda: uvloop.run(self._serve()))
        self._thread.start()
        assert self._is_there.wait(10)

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self.front = Front(Site(str(self._path)), **self._arguments)
        server = await opened(self.front, host="127.0.0.1", port=0)
        self.port = server.sockets[0].getsockname()[1]
        self._is_there.set()
        await serve(self.front, server, self._stop)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(20)
        self._pages.close()
        self._folder.cleanup()

    def get(
        self,
        path: str = "/",
        query: str = "",
        method: str = "GET",
        more: Mapping[str, str] = MappingProxyType({}),
        **headers: str,
    ) -> tuple[int, Head, bytes]:
        """Ask on a connection of its own; in *headers* names have underscores."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        target = f"{path}?{query}" if query else path
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        said |= more
        said.setdefault("host", "kgnd.example")
        try:
            line.request(method, target, headers=said)
            answer = line.getresponse()
            head = [(name.lower(), value) for name, value in answer.getheaders()]
            names = [name for name, _ in head if name != "set-cookie"]
            assert len(set(names)) == len(names)
            return answer.status, dict(head), answer.read()
        finally:
            line.close()

    def connect(self) -> socket.socket:
        """Return a connection on which a test says whatever it wants."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)


class _Pages:
    """A site behind a unix socket, served by the standard library."""

    def __init__(
        self, path: Path, site: BehindTheFront, beforehand: Callable[[], None]
    ) -> None:
        class Handler(WSGIRequestHandler):
            def handle(self) -> None:
                beforehand()
                super().handle()

            def get_environ(self) -> dict[str, Any]:
                environ = super().get_environ()
                environ["REMOTE_ADDR"] = ""
                return environ

            def address_string(self) -> str:
                return ""

            def log_message(self, *_: Any) -> None:
                pass

            def setup(self) -> None:
                super().setup()
                self.client_address = ("", 0)

        class Server(socketserver.ThreadingUnixStreamServer):
            daemon_threads = True
            block_on_close = False
            request_queue_size = 128
            server_name, server_port = "", 0
            base_environ: dict[str, Any] = {
                "SERVER_NAME": "",
                "SERVER_PORT": "",
                "SCRIPT_NAME": "",
                "CONTENT_LENGTH": "",
            }

            def get_app(self) -> BehindTheFront:
                return site

            def handle_error(self, *_: Any) -> None:
                pass  # what a test breaks on purpose

        path.unlink(missing_ok=True)
        self.site = site._site
        self._server = Server(str(path), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=[0.01])
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join(10)
        self._server.server_close()
