from __future__ import annotations

import subprocess
import sys

import msgspec
import pytest
from typer.testing import CliRunner

from groundwave.project.bench import cli, soak
from groundwave.project.bench.crowd import Tally
from groundwave.project.bench.errors import Unmeasurable


def invoke(*words):
    return CliRunner().invoke(cli.bench, words)


@pytest.fixture
def a_soak(monkeypatch):
    """Let ``bench soak`` find what it is told to, at once."""

    def finds(tally):
        async def run(plan, watch):
            await watch.wait(0.01, "soaking")
            if isinstance(tally, str):
                raise Unmeasurable(tally)
            return soak.sum_up(plan, [], tally)

        monkeypatch.setattr(soak, "run", run)

    return finds


@pytest.mark.parametrize("command", ["fanout", "storm", "soak", "first-sound"])
def test_every_command_says_what_it_is_for_and_needs(command):
    help_text = invoke(command, "--help").output

    assert "ffmpeg" in help_text
    assert "--json" in help_text


def test_lines_that_are_met_are_status_0_and_leave_their_files(a_soak, tmp_path):
    a_soak(Tally(visits=3))
    kept, plot = tmp_path / "a" / "soak.json", tmp_path / "b" / "soak.svg"
    done = invoke("soak", "--json", str(kept), "--plot", str(plot))

    assert done.exit_code == 0, done.output
    assert "Verdict: flat." in done.output
    assert msgspec.json.decode(kept.read_bytes())["tally"]["visits"] == 3
    assert plot.read_text().startswith("<svg")


def test_a_line_that_is_not_met_is_status_1_and_the_file_says_so(a_soak, tmp_path):
    a_soak(Tally(cut_off=1))
    kept = tmp_path / "soak.json"
    done = invoke("soak", "--json", str(kept))

    assert done.exit_code == 1
    assert "NOT MET" in done.output
    assert msgspec.json.decode(kept.read_bytes())["met"] is False


def test_a_bench_that_cannot_run_says_why_and_is_status_1(a_soak):
    a_soak("There is no ffmpeg to make the sound with; install it.")
    done = invoke("soak")

    assert done.exit_code == 1
    assert "Nothing was measured." in done.output
    assert "There is no ffmpeg" in done.output


@pytest.mark.parametrize(
    "words", [("storm", "--listeners", "99999"), ("soak", "--minutes", "9999")]
)
def test_nobody_asks_for_a_flood_by_mistake(words):
    assert invoke(*words).exit_code == 2


def test_help_needs_neither_settings_nor_a_database():
    command = [sys.executable, "-m", "groundwave", "bench", "first-sound", "--help"]

    shown = subprocess.run(command, capture_output=True, text=True, env={})

    assert shown.returncode == 0, shown.stderr
    assert "first sound" in shown.stdout
