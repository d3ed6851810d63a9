"""What the database refuses, it refuses on PostgreSQL, too."""

from __future__ import annotations

import pytest

from equipment.postgresql import postgresql, run_tests


pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]


TESTS = [
    "models/test_figure_constraints.py",
    "models/test_update_constraints.py",
    "actions/test_figures.py",
    "actions/test_killing.py",
]


def test_figures_are_append_only_on_postgresql(tmp_path, monkeypatch):
    # Where its lock and socket go, which a root shell does not say.
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    paths = [f"tests/newsroom/{name}" for name in TESTS]
    with postgresql() as host:
        done = run_tests(*paths, host=host, data=tmp_path / "data")

    assert done.returncode == 0, done.stdout[-3000:]
    assert " passed" in done.stdout
