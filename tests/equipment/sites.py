"""The site itself on a port of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.test.testcases import LiveServerThread


Made = TypeVar("Made")


def _handler(_: WSGIHandler) -> StaticFilesHandler:
    """Our own addresses answer for what was uploaded; the one given knows no ranges."""
    return StaticFilesHandler(WSGIHandler())


class Site:
    """The site, on the test's own database connection."""

    def __init__(self) -> None:
        # The test's transaction is the server's: nothing that is done outlives it.
        self._connection = connections["default"]
        self._connection.inc_thread_sharing()
        self._thread = LiveServerThread(
            "127.0.0.1",
            _handler,
            connections_override={"default": self._connection},
        )
        self._thread.daemon = True
        self._thread.start()
        self._thread.is_ready.wait(30)
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
