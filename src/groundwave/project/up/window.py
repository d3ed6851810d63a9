"""The window ``groundwave up`` runs in: a colored name in front of every line."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from groundwave.project.up.legible import legible


_COLORS = {
    "transmitter": "cyan",
    "site": "magenta",
    "worker": "blue",
    "demo": "green",
}


class Window:
    """Where everything is said to the person who started Groundwave."""

    def __init__(self) -> None:
        self.console = Console(highlight=False, soft_wrap=True)

    def say(self, sentence: str) -> None:
        """Say something of our own."""
        self.console.print(Text(sentence, style="bold"))

    def relay(self, name: str, line: str) -> None:
        """Pass on a line of the part *name*."""
        for one in legible(line.rstrip()).splitlines():
            color = _COLORS.get(name, "white")
            self.console.print(Text.assemble((f"{name:>11} ", color), Text.from_ansi(one)))
