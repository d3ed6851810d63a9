from __future__ import annotations

import asyncio

import pytest

from groundwave.project.bench.orders import Order
from groundwave.project.bench.server import allow_files


class TinyServer:
    """
    Answers every request with *script*: bytes are sent, numbers are seconds to wait.

    At the end of the script the connection stays open, unless it ends in None.
    """

    def __init__(self, *script):
        self.script = script
        self.requests: list[bytes] = []
        self._open: set[asyncio.Task[None]] = set()

    async def __aenter__(self):
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_):
        self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    def order(self, **changes):
        """Return an order for listeners of this server, quick unless told otherwise."""
        usual = {
            "host": "127.0.0.1",
            "port": self.port,
            "path": "/bench.mp3",
            "listeners": 20,
            "admission_seconds": 5.0,
            "hold_seconds": 0.1,
            "sweep_seconds": 0.05,
        }
        return Order(**(usual | changes))

    async def _serve(self, reader, writer):
        self._open.add(asyncio.current_task())
        try:
            self.requests.append(await reader.readuntil(b"\r\n\r\n"))
            for step in self.script:
                if step is None:
                    return
                if isinstance(step, bytes):
                    writer.write(step)
                    await writer.drain()
                else:
                    await asyncio.sleep(step)
            await reader.read()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@pytest.fixture
def tiny_server():
    return TinyServer


@pytest.fixture(autouse=True)
def _files():
    allow_files(512)
