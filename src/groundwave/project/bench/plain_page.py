"""The peer's page: an audio element that plays a stream, and a button that starts it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from groundwave.project.bench.server import HOST


PAGE = """\
<!DOCTYPE html>
<html lang="en">
<title>A stream</title>
<button class="play">Play</button>
<audio preload="none" src="{stream}"></audio>
<script>
  const audio = document.querySelector("audio");
  document.querySelector("button").addEventListener("click", () => audio.play());
</script>
</html>
"""


@asynccontextmanager
async def plain_page(stream: str) -> AsyncIterator[int]:
    """Serve the page to whoever asks for whatever; yield the port."""
    body = PAGE.format(stream=stream).encode()
    head = (
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )

    async def answer(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(head.encode() + body)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, HOST, 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
