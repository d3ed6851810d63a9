"""The site's part in a soak: it takes the listening sessions, so that none pile up."""

from __future__ import annotations

from groundwave.patchbay import unix
from groundwave.patchbay.messages import SessionsEnded, SessionsKept
from groundwave.project.bench.crowd import Tally
from groundwave.project.bench.ours import Plant


async def take_sessions(plant: Plant, tally: Tally) -> None:
    """
    Publish the line-up, then keep every batch of sessions.

    Raises:
        PatchbayError: the line could not be opened, or ended.
    """
    line = await unix.connect(plant.environment.patchbay_socket, name="bench")
    try:
        await line.send(plant.lineup)
        while True:
            message = await line.receive()
            if isinstance(message, SessionsEnded):
                tally.sessions += len(message.sessions)
                await line.send(SessionsKept(batch=message.batch))
    finally:
        line.close()
