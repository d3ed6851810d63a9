"""The site itself on a port of its own."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
from django.test.testcases import LiveServerThread


Made = TypeVar("Made")


def _handler(_: WSGIHandler) -> StaticFilesHandler:
    """Our own addresses answer for what was uploaded; the one given knows no ranges."""
    return StaticFilesHandler(WSGIHandler())


class _Server(ThreadedWSGIServer):
    """Hangs up on everybody and waits until they are gone, when it is closed."""

    daemon_threads = False

    def __init__(self, *facts: Any, **more: Any) -> None:
        super().__init__(*facts, **more)
        self._lines: list[socket.socket] = []

    def process_request(self, request: Any, client_address: Any) -> None:
        self._lines.append(request)
        super().process_request(request, client_address)

    def server_close(self) -> None:
        for line in self._lines:
            with contextlib.suppress(OSError):  # most have hung up themselves
                line.shutdown(socket.SHUT_RDWR)
        super().server_close()


class _Thread(LiveServerThread):
    server_class = _Server


class Site:
    """The site, on the test's own database connection."""

    def __init__(self) -> None:
        # The test's transaction is the server's: nothing that is done outlives it.
        self._connection = connections["default"]
        self._connection.inc_thread_sharing()
        self._thread = _Thread(
            "127.0.0.1",
            _handler,
            connections_override={"default": self._connection},
        )
        self._thread.daemon = True
        self._thread.start()
        assert self._thread.is_ready.wait(30), "The site did not begin to listen."
        if self._thread.error:
            raise self._thread.error
        self.url = f"http://127.0.0.1:{self._thread.port}"

    def ask(self, question: Callable[[], Made]) -> Made:
        """Look into the database, aside from the browser's event loop."""

        def look() -> Made:
            connections["default"] = self._connection
            return question()

        with ThreadPoolExecutor(1) as aside:
            return aside.submit(look).result(30)

    def close(self) -> None:
        self._thread.terminate()
        self._connection.dec_thread_sharing()
