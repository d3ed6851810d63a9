from __future__ import annotations

import io
import threading

import pytest
from rich.console import Console

from groundwave.project.up.printing import ROOM, Printer, for_people
from groundwave.project.up.programs import TRANSMITTER


def test_a_line_stands_whole_behind_its_program_s_name():
    output = io.StringIO()
    with Printer(Console(file=output, width=40)) as printer:
        printer.line(TRANSMITTER, "x" * 200 + " [not markup]")

    assert output.getvalue() == "transmitter " + "x" * 200 + " [not markup]\n"


class HeldTerminal(io.StringIO):
    """Takes nothing until it is let go."""

    def __init__(self):
        super().__init__()
        self.let_go = threading.Event()

    def write(self, text):
        self.let_go.wait(60)
        return super().write(text)


def test_a_terminal_that_is_held_makes_nobody_wait():
    output = HeldTerminal()
    with Printer(Console(file=output)) as printer:
        for number in range(ROOM + 100):
            printer.line(TRANSMITTER, f"line {number}")
        output.let_go.set()
        while "left out" not in output.getvalue():
            printer.say("…")

    assert "transmitter line 0\n" in output.getvalue()
    assert "lines are left out here" in output.getvalue()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Now playing: a song", "Now playing: a song"),
        ("{not json", "{not json"),
        ('{"event": "signed_on", "level": "info"}', "[info] signed_on"),
        (
            '{"event": "lineup_published", "logger": "a", "timestamp": "18:30Z"}',
            "18:30Z lineup_published",
        ),
        (
            '{"event": "fault", "level": "error", "exception": "Traceback…"}',
            "[error] fault\nTraceback…",
        ),
        (
            '{"event": "lineup_taken", "level": "info", "edition": 2}',
            "[info] lineup_taken edition=2",
        ),
        ("{}", ""),
    ],
)
def test_log_records_are_words_at_a_terminal(line, words):
    assert for_people(line) == words
