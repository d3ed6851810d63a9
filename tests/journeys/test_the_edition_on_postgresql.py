"""What counts as a write counts on PostgreSQL, too."""

from __future__ import annotations

import pytest

from equipment.postgresql import postgresql, run_tests


pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]


def test_whatever_is_written_is_another_edition_on_postgresql(tmp_path, monkeypatch):
    # Where its lock and socket go, which a root shell does not say.
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with postgresql() as host:
        path = "tests/delivery/edition/test_advancing.py"
        done = run_tests(path, host=host, data=tmp_path / "data")

    assert done.returncode == 0, done.stdout[-3000:]
    assert " passed" in done.stdout
