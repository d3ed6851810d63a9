"""
What ``up`` prints: each program's lines behind its name.

A terminal that is held (Ctrl-S), or a pipe nobody reads, must never hold a program:
lines wait here, as many as there is room for, and then some are left out.
"""

from __future__ import annotations

import json
import queue
import threading
from types import TracebackType

from rich.console import Console, Group
from rich.text import Text

from groundwave.project.up.programs import Program


ROOM = 5_000
LAST_WORDS_SECONDS = 1.0
_WIDTH = len("transmitter")


class Printer:
    """Prints from a thread of its own, inside ``with``."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self._waiting: queue.Queue[Text | Group | None] = queue.Queue(ROOM)
        self._left_out = 0
        self._thread = threading.Thread(target=self._print, name="print", daemon=True)

    def __enter__(self) -> Printer:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            self._waiting.put(None, timeout=LAST_WORDS_SECONDS)
        except queue.Full:
            return
        self._thread.join(LAST_WORDS_SECONDS)

    def line(self, program: Program, line: str) -> None:
        """Print *line* behind the program's name."""
        if self.console.is_terminal:
            line = for_people(line)
        text = Text.assemble((f"{program.name:<{_WIDTH}} ", program.color), line)
        self.show(text)

    def say(self, sentence: str) -> None:
        """Print a sentence of our own."""
        self.show(Text(sentence))

    def show(self, shown: Text | Group) -> None:
        """Print *shown* when its turn comes."""
        try:
            self._waiting.put_nowait(shown)
        except queue.Full:
            self._left_out += 1

    def _print(self) -> None:
        while (shown := self._waiting.get()) is not None:
            # A long line is the terminal's to wrap, and a file's to keep whole.
            self.console.print(shown, soft_wrap=True, highlight=False)
            if self._left_out and self._waiting.empty():
                left_out, self._left_out = self._left_out, 0
                self.console.print(f"… {left_out} lines are left out here.")


def for_people(line: str) -> str:
    """Return a JSON log *line* as words; any other line as it is."""
    if not line.startswith("{"):
        return line
    try:
        fields = json.loads(line)
    except ValueError:
        return line
    event = fields.pop("event", "")
    level, at = fields.pop("level", ""), fields.pop("timestamp", "")
    fields.pop("logger", None)
    trouble = fields.pop("exception", "")
    rest = " ".join(f"{name}={value}" for name, value in fields.items())
    words = " ".join(filter(None, [at, f"[{level}]" if level else "", event, rest]))
    return "\n".join(filter(None, [words, trouble]))
