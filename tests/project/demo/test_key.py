from __future__ import annotations

import stat

import pytest

from groundwave.patchbay.environment import Environment
from groundwave.project.demo.key import keep_key, kept_key, key_file


@pytest.fixture
def environment(tmp_path):
    return Environment.read({"GROUNDWAVE_DATA": str(tmp_path / "var")})


def test_there_is_no_key_at_first(environment):
    assert kept_key(environment) == ""


def test_the_key_is_kept_for_this_user_alone(environment):
    keep_key(environment, "abc-def")

    assert kept_key(environment) == "abc-def"
    assert stat.S_IMODE(key_file(environment).stat().st_mode) == 0o600
    assert stat.S_IMODE(key_file(environment).parent.stat().st_mode) == 0o700


def test_a_new_key_takes_the_old_ones_place(environment):
    keep_key(environment, "abc-def")
    keep_key(environment, "ghj-kmn")

    assert kept_key(environment) == "ghj-kmn"
