"""The window ``groundwave up`` runs in: a colored name in front of every line."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from groundwave.project.up.banner import Notice
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
        self.console = Console(highlight=False)

    def say(self, sentence: str) -> None:
        """Say something of our own."""
        self.console.print(Text(sentence, style="bold"))

    def show(self, notices: Iterable[Notice]) -> None:
        """Say what can be done now, between two rules."""
        self.console.rule()
        for notice in notices:
            self.console.print(Text(f"  {notice.heading}", style="bold green"))
            self.console.print(Padding(notice.sentence, (0, 0, 0, 4)))
            if notice.copy:
                # Never wrapped: it is there to be copied or clicked.
                copy = Text(f"    {notice.copy}", style="bold")
                self.console.print(copy, soft_wrap=True)
        self.console.rule()

    def relay(self, name: str, line: str) -> None:
        """Pass on a line of the part *name*."""
        for one in legible(line.rstrip()).splitlines():
            said = Text(f"{name:>11} ", style=_COLORS.get(name, "white"))
            said.append_text(Text.from_ansi(one))
            self.console.print(said, soft_wrap=True)
