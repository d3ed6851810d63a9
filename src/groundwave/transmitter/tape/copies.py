"""
What many ask for at the same time: made once, and kept for those who come later.

Whoever asks for one thing after another displaces what others play from memory, but
never makes them wait: few are in the making at a time, and the rest are told to try
again.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine

from groundwave.transmitter.reply import Reply, sentence


# Whoever asks for span after span must not make honest listeners wait for minutes.
MOST_IN_THE_MAKING = 16

_TOO_MANY = "Too many spans of the tape are asked for; try again in a few seconds."

Making = Coroutine[None, None, Reply]


class Copies:
    """
    Replies, each made once for all who ask for it, now or later.

    Args:
        room: how many are kept; what was asked for longest ago goes first.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._made: OrderedDict[object, asyncio.Task[Reply]] = OrderedDict()
        self._making: set[asyncio.Task[Reply]] = set()

    def __len__(self) -> int:
        return len(self._made)

    async def once(self, key: object, make: Callable[[], Making]) -> Reply:
        """Return the reply for *key*, made by *make* unless it is here already."""
        task = self._made.get(key)
        if task is None and len(self._making) >= MOST_IN_THE_MAKING:
            return sentence(503, _TOO_MANY)
        if task is None:
            task = asyncio.create_task(make())
            self._making.add(task)
            task.add_done_callback(lambda done: self._drop_failed(key, done))
            self._made[key] = task
        self._made.move_to_end(key)
        if len(self._made) > self._room:
            self._made.popitem(last=False)
        # One listener who hangs up must not take it from the others.
        return await asyncio.shield(task)

    def _drop_failed(self, key: object, done: asyncio.Task[Reply]) -> None:
        self._making.discard(done)
        if done.cancelled() or done.exception():
            self._made.pop(key, None)
