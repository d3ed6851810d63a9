"""A part of a bench that runs in a process of its own and says a JSON line at a time."""

from __future__ import annotations

import asyncio
import operator
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from functools import reduce
from pathlib import Path
from typing import TypeVar

import msgspec

from groundwave.project.bench.errors import Unmeasurable
from groundwave.project.bench.server import last_words


# When each of thousands of pages knew of each update is one line.
LONGEST_LINE = 1 << 26
W = TypeVar("W", bound=msgspec.Struct)


class Helper:
    """The other process."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self._process = process
        self._log = log

    def say(self, word: msgspec.Struct | str) -> None:
        if self._process.stdin:
            self._process.stdin.write(msgspec.json.encode(word) + b"\n")

    async def hear(self, *kinds: type[W]) -> W:
        """
        Return its next word, which is of one of these *kinds*.

        Raises:
            Unmeasurable: it stopped before it was done.
        """
        if self._process.stdout and (line := await self._process.stdout.readline()):
            with suppress(msgspec.ValidationError):
                word: W = msgspec.json.decode(line, type=reduce(operator.or_, kinds))
                return word
        raise Unmeasurable(
            f"The bench's {self._log.stem} stopped too soon. {last_words(self._log)}"
        )


@asynccontextmanager
async def helper(
    name: str, folder: Path, variables: Mapping[str, str] | None = None
) -> AsyncIterator[Helper]:
    """Run the bench's module *name* until the block is left, with its log in *folder*."""
    log = folder / f"{name}.log"
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", f"groundwave.project.bench.{name}"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=output,
            limit=LONGEST_LINE,
            env={**os.environ, **(variables or {})},
        )
    try:
        yield Helper(process, log)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
