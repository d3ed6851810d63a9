from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest


COMMANDS = {
    *("up", "site", "transmitter", "worker", "demo", "doctor", "source-key"),
    *("bench", "manage", "syndication"),
}


def groundwave(*words, data, **variables):
    return subprocess.run(
        [sys.executable, "-m", "groundwave", *words],
        env={
            **os.environ,
            "GROUNDWAVE_DATA": str(data),
            "COLUMNS": "100",
            "TERM": "dumb",
            **variables,
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_help_mentions_every_command(tmp_path):
    asked = groundwave("--help", data=tmp_path)

    assert asked.returncode == 0
    listed = {
        words[1]
        for line in asked.stdout.splitlines()
        if len(words := line.split()) > 1 and words[0] == "│"
    }
    assert listed >= COMMANDS


@pytest.mark.parametrize("command", sorted(COMMANDS - {"manage"}))
def test_every_command_explains_itself_and_does_nothing_else(command, tmp_path):
    asked = groundwave(command, "--help", data=tmp_path / "var")

    assert asked.returncode == 0, asked.stderr
    assert "Usage: groundwave" in asked.stdout
    assert not (tmp_path / "var").exists()


def test_help_loads_neither_the_site_nor_the_benchmarks(tmp_path):
    code = (
        "import json, sys; from groundwave.project.cli import main\n"
        "sys.argv = ['groundwave', '--help']\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(json.dumps([n for n in ('django', 'av', 'numpy', 'asyncio', 'uvloop')"
        " if n in sys.modules]))"
    )
    asked = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert json.loads(asked.stdout.splitlines()[-1]) == []


def test_manage_hands_everything_on_to_django(tmp_path):
    asked = groundwave(
        *("manage", "check", "--fail-level", "ERROR", "--no-color"), data=tmp_path
    )
    assert asked.returncode == 0, asked.stderr
    assert "System check identified no issues" in asked.stdout + asked.stderr

    helped = groundwave("manage", "migrate", "--help", data=tmp_path)
    assert "usage: groundwave manage migrate" in helped.stdout


@pytest.mark.parametrize("command", ["up", "site", "transmitter", "worker", "doctor"])
def test_a_variable_that_cannot_be_meant_is_a_sentence(command, tmp_path):
    asked = groundwave(command, data=tmp_path / "var", GROUNDWAVE_AIR_PORT="radio")

    assert asked.returncode != 0
    assert "GROUNDWAVE_AIR_PORT is 'radio'; set it to a port number" in asked.stderr
    assert "Traceback" not in asked.stderr
    assert not (tmp_path / "var").exists()


def test_the_demo_studio_without_a_key_says_where_one_comes_from(tmp_path):
    asked = groundwave("demo", data=tmp_path)

    assert asked.returncode == 1
    assert "`groundwave up` makes one" in asked.stderr
    assert "Traceback" not in asked.stderr


def test_a_key_asked_for_in_the_wrong_folder_leaves_nothing_there(tmp_path):
    nowhere = tmp_path / "var"

    answer = groundwave("source-key", "kgnd", data=nowhere)

    assert answer.returncode == 1
    assert "Run this where `groundwave up` ran" in answer.stderr
    assert not nowhere.exists()
