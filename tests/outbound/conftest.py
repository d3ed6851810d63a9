"""A network on this machine, somebody who may ask it, and servers that say anything."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from equipment.network.server import Network
from groundwave.outbound.client import Client
from groundwave.wire.http.host import Host


@pytest.fixture
def network() -> Iterator[Network]:
    with Network() as network:
        yield network


@pytest.fixture
def port(network: Network) -> int:
    return urlsplit(network.url).port or 0


@pytest.fixture
def client(port: int) -> Client:
    """One that may ask the network, and nothing else of this machine."""
    return Client(allowed=[Host("127.0.0.1", port)])


class Saying:
    """Says the same bytes to everybody who asks, and hangs up."""

    def __init__(self, said: bytes, tls: ssl.SSLContext | None) -> None:
        self._said, self._tls = said, tls
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        self.asked: list[bytes] = []
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def close(self) -> None:
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self._thread.join()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                end, _ = self._door.accept()
                # Who does not believe the certificate hangs up first.
                with end, contextlib.suppress(OSError):
                    self._answer(end)

    def _answer(self, end: socket.socket) -> None:
        if self._tls:
            end = self._tls.wrap_socket(end, server_side=True)
        with end:
            asked = b""
            while b"\r\n\r\n" not in asked and (more := end.recv(4096)):
                asked += more
            self.asked.append(asked)
            end.sendall(self._said)


@pytest.fixture
def saying():
    """Return what opens a server that says some bytes."""
    with contextlib.ExitStack() as open_ones:

        def open_one(said: bytes, tls: ssl.SSLContext | None = None) -> Saying:
            opened = Saying(said, tls)
            open_ones.callback(opened.close)
            return opened

        yield open_one
