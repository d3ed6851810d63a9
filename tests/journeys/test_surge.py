"""A small surge on the whole station: the bench itself, from end to end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

COMMAND = (
    *(sys.executable, "-m", "groundwave", "bench", "surge"),
    *("--listeners", "40", "--pages", "40", "--seconds", "6", "--updates", "2"),
)


def test_everybody_knows_of_every_update_and_nobody_is_lost(tmp_path: Path):
    kept = tmp_path / "surge.json"

    # Whether it was in time says nothing here: tests run beside it.
    done = subprocess.run([*COMMAND, "--json", str(kept)], capture_output=True)

    assert kept.exists(), done.stdout.decode() + done.stderr.decode()
    result = json.loads(kept.read_text())
    assert [one["number"] for one in result["updates"]] == [1, 2]
    assert all(one["waits"]["longest"] for one in result["updates"])
    assert result["lost_pages"] == 0
    assert result["heard"]["heard"] == 40
    assert result["load"]["failed"] == 0
    assert result["load"]["each_second"] > 0
