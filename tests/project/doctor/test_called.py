from __future__ import annotations

import pytest

from groundwave.project.doctor import called as doctors
from groundwave.project.doctor.called import called


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (".venv/bin/groundwave", ".venv/bin/groundwave"),
        ("/usr/bin/groundwave", "groundwave"),
        ("/somewhere/groundwave/__main__.py", "groundwave"),
    ],
    ids=["by its path", "by its name", "as a module"],
)
def test_the_command_is_named_as_it_was_typed(typed, said, monkeypatch):
    monkeypatch.setattr(doctors.shutil, "which", lambda name: f"/usr/bin/{name}")

    assert called(typed) == said
