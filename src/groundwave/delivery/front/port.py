"""The front at its port, until it is to stop."""

from __future__ import annotations

import asyncio

from groundwave.delivery.front.front import Front
from groundwave.delivery.front.visitor import Visitor


# A connection that has not moved for so long, or twice that, is let go.
IDLE_SECONDS = 30.0
# What is being answered when the front is to stop may take this long.
FAREWELL_SECONDS = 4.0
LOOK_SECONDS = 0.05
# Who waits to be let in while thousands come at once.
BACKLOG = 4096


async def opened(front: Front, *, host: str, port: int) -> asyncio.Server:
    """
    Answer at *port* from now on.

    Raises:
        OSError: the port cannot be had.
    """
    loop = asyncio.get_running_loop()
    return await loop.create_server(lambda: Visitor(front), host, port, backlog=BACKLOG)


async def serve(front: Front, server: asyncio.Server, stop: asyncio.Event) -> None:
    """Go on until *stop*, and with what is being answered then to its end."""
    sweeping = asyncio.get_running_loop().create_task(_sweep(front))
    await stop.wait()
    sweeping.cancel()
    server.close()
    await _say_farewell(front)


async def _sweep(front: Front) -> None:
    """Let go who holds a connection and does nothing with it."""
    while True:
        await asyncio.sleep(IDLE_SECONDS)
        for visitor in list(front.visitors):
            visitor.look()


async def _say_farewell(front: Front) -> None:
    """Let what is being answered be answered, for a while."""
    loop = asyncio.get_running_loop()
    until = loop.time() + FAREWELL_SECONDS
    while front.visitors and loop.time() < until:
        for visitor in list(front.visitors):
            visitor.keeps = False
            if not visitor.is_busy:
                visitor.end()
        await asyncio.sleep(LOOK_SECONDS)
    for answer in list(front.site.answers):
        answer.leave()
    for visitor in list(front.visitors):
        visitor.abort()
