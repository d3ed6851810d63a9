"""What the database promises, it promises on PostgreSQL, too."""

from __future__ import annotations

import pytest

from equipment.postgresql import postgresql, run_tests


pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]


# What it refuses, and what counts as a write. In one run: to migrate takes its time.
TESTS = [
    "newsroom/models/test_figure_constraints.py",
    "newsroom/models/test_update_constraints.py",
    "newsroom/actions/test_figures.py",
    "newsroom/actions/test_killing.py",
    "delivery/edition/test_advancing.py",
]


def test_figures_are_append_only_and_every_write_counts(tmp_path, monkeypatch):
    # Where its lock and socket go, which a root shell does not say.
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    paths = [f"tests/{name}" for name in TESTS]
    with postgresql() as host:
        done = run_tests(*paths, host=host, data=tmp_path / "data")

    assert done.returncode == 0, done.stdout[-3000:]
    assert " passed" in done.stdout
