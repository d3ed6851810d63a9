"""When a part is up: asked of it, not guessed from the time that has passed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias


Ready: TypeAlias = Callable[[], Awaitable[bool]]

LOOK_SECONDS = 0.1
PATIENCE_SECONDS = 5.0
MOST_BYTES = 1 << 20


async def until(ready: Ready) -> None:
    """Return once *ready* says so."""
    # The part is another process: there is no event to wait for.
    while not await ready():  # noqa: ASYNC110
        await asyncio.sleep(LOOK_SECONDS)


def answers(host: str, port: int) -> Ready:
    """Be ready when ``/health`` says that all is well."""

    async def ready() -> bool:
        return await ask_health(host, port) is not None

    return ready


def carries(host: str, port: int, station: str) -> Ready:
    """Be ready when the transmitter knows *station*."""

    async def ready() -> bool:
        return station in _stations(await ask_health(host, port))

    return ready


def on_air(host: str, port: int, station: str, role: str) -> Ready:
    """Be ready when *role* is what the listeners of *station* hear."""

    async def ready() -> bool:
        facts = _stations(await ask_health(host, port)).get(station)
        return isinstance(facts, dict) and facts.get("on_air") == role

    return ready


async def ask_health(host: str, port: int) -> dict[str, object] | None:
    """Return what ``/health`` says, or nothing when it is not well."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            head, body = await _get(host, port)
        if b" 200 " not in head.partition(b"\r\n")[0] + b" ":
            return None
        said = json.loads(body)
    except (OSError, ValueError):
        return None
    return said if isinstance(said, dict) else None


async def _get(host: str, port: int) -> tuple[bytes, bytes]:
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(b"GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n")
        answer = await reader.read(MOST_BYTES)
        while data := await reader.read(MOST_BYTES):
            answer += data
    finally:
        writer.close()
    head, _, body = answer.partition(b"\r\n\r\n")
    return head, body


def _stations(said: dict[str, object] | None) -> Mapping[str, object]:
    stations = (said or {}).get("stations")
    return stations if isinstance(stations, dict) else {}
