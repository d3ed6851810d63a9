"""
HLS at the pace of a radio: what a segment holds, when it is heard.

A segment comes whole, and is handed on in slices spread over its duration, with its
titles between them where they begin.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from dataclasses import dataclass
from itertools import pairwise

from groundwave.transmitter.relay_hls import Sound
from groundwave.wire.hls.titles import Cue


SLICE_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Begun:
    """What follows is another encoding, of this type."""

    content_type: str


async def in_real_time(
    sounds: AsyncGenerator[Sound, None],
) -> AsyncGenerator[Begun | Cue | bytes, None]:
    """Yield what *sounds* hold when it is heard; the next is fetched meanwhile."""
    coming = _fetching(sounds)
    due = _now()
    try:
        while sound := await coming:
            coming = _fetching(sounds)
            # A segment that was late has moved everything after it.
            due = max(due, _now())
            if sound.begins:
                yield Begun(sound.content_type)
            for seconds, what in _sliced(sound):
                await asyncio.sleep(due + seconds - _now())
                yield what
            due += sound.seconds
    finally:
        coming.cancel()
        await asyncio.gather(coming, return_exceptions=True)
        await sounds.aclose()


def _sliced(sound: Sound) -> Iterator[tuple[float, Cue | bytes]]:
    """Yield the slices of *sound* and its titles, and how many seconds into it."""
    size = len(sound.data)
    cues = {_place(cue, sound): cue for cue in sound.cues}
    count = max(1, math.ceil(sound.seconds / SLICE_SECONDS))
    starts = range(0, size, max(1, math.ceil(size / count)))
    for start, end in pairwise([*sorted({*starts, *cues}), size]):
        seconds = sound.seconds * start / size
        if start in cues:
            yield seconds, cues[start]
        yield seconds, sound.data[start:end]


def _place(cue: Cue, sound: Sound) -> int:
    """Return where in the bytes of *sound* a title begins."""
    share = cue.seconds / sound.seconds if sound.seconds else 0.0
    return min(round(len(sound.data) * share), len(sound.data) - 1)


def _fetching(sounds: AsyncIterator[Sound]) -> asyncio.Task[Sound | None]:
    async def fetch() -> Sound | None:
        return await anext(sounds, None)

    return asyncio.create_task(fetch())


def _now() -> float:
    return asyncio.get_running_loop().time()
