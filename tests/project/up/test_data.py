from __future__ import annotations

import os
import stat

import pytest

from groundwave.project.up.data import held
from groundwave.project.up.errors import AlreadyUp, DataUnusable


def test_the_data_is_for_nobody_else_to_see(tmp_path):
    data = tmp_path / "some" / "var"
    with held(data):
        for folder in (data, data / "run"):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_two_cannot_be_up_on_the_same_data(tmp_path):
    with held(tmp_path), pytest.raises(AlreadyUp) as refused, held(tmp_path):
        pass
    assert f"(process {os.getpid()})" in str(refused.value)
    assert "press Ctrl-C there first" in str(refused.value)


def test_two_can_be_up_on_data_of_their_own(tmp_path):
    with held(tmp_path / "one"), held(tmp_path / "two"):
        pass


def test_data_that_was_held_can_be_held_again(tmp_path):
    with held(tmp_path):
        pass
    with held(tmp_path):
        pass


def test_a_folder_that_cannot_be_made_names_the_variable(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with (
        pytest.raises(DataUnusable, match="set GROUNDWAVE_DATA"),
        held(tmp_path / "file" / "var"),
    ):
        pass
