from __future__ import annotations

import json
import stat
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from groundwave.patchbay import wholefile
from groundwave.patchbay.errors import LineupUnreadable
from groundwave.patchbay.lineup import load_lineup, save_lineup
from groundwave.patchbay.messages import (
    Codec,
    KeyLine,
    LineupPublished,
    MountLine,
    Role,
    StationLine,
)


def lineup(edition: int) -> LineupPublished:
    station = StationLine(
        slug="kgnd",
        name="KGND",
        timezone="America/Denver",
        mounts=(MountLine(path="/kgnd.mp3", codec=Codec.MP3),),
        keys=(KeyLine(id=1, person="Odetta", role=Role.STUDIO, digest="0" * 64),),
    )
    return LineupPublished(edition=edition, stations=(station,))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "transmitter" / "lineup.json"


def test_what_is_saved_is_loaded(path):
    save_lineup(path, lineup(7))

    assert load_lineup(path) == lineup(7)


def test_a_transmitter_that_never_had_a_lineup_has_none(path):
    assert load_lineup(path) is None


def test_a_person_can_read_it_and_nobody_else_can(path):
    save_lineup(path, lineup(7))

    assert json.loads(path.read_text())["stations"][0]["name"] == "KGND"
    assert len(path.read_text().splitlines()) > 10
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_damaged_lineup_falls_back_to_the_one_before_it(path):
    save_lineup(path, lineup(7))
    save_lineup(path, lineup(8))
    path.write_bytes(path.read_bytes()[:-100])

    sentences: list[str] = []
    assert load_lineup(path, troubled=sentences.append) == lineup(7)
    (sentence,) = sentences
    assert "Start the site" in sentence


def test_a_lineup_that_was_removed_falls_back_to_the_one_before_it(path):
    save_lineup(path, lineup(7))
    save_lineup(path, lineup(8))
    path.unlink()

    assert load_lineup(path) == lineup(7)


def test_when_both_copies_are_damaged_the_caller_decides(path):
    save_lineup(path, lineup(7))
    save_lineup(path, lineup(8))
    for copy in path.parent.iterdir():
        copy.write_bytes(b"\0" * 100)

    with pytest.raises(LineupUnreadable, match=r"lineup\.json cannot be read"):
        load_lineup(path)


def test_a_damaged_lineup_does_not_push_out_the_good_one_before_it(path):
    save_lineup(path, lineup(7))
    save_lineup(path, lineup(8))
    path.write_bytes(b"{}")
    save_lineup(path, lineup(9))
    path.write_bytes(b"{}")

    assert load_lineup(path) == lineup(7)


@given(cut=st.integers(0), garbage=st.binary(max_size=20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_damage_is_worse_than_an_unreadable_lineup(path, cut, garbage):
    save_lineup(path, lineup(7))
    whole = path.read_bytes()
    path.write_bytes(whole[: cut % len(whole)] + garbage)
    with suppress(LineupUnreadable):
        load_lineup(path)


def test_a_disk_that_fails_leaves_the_last_copy_in_force(path, monkeypatch):
    save_lineup(path, lineup(7))

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(wholefile.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        save_lineup(path, lineup(8))
    monkeypatch.undo()

    assert load_lineup(path) == lineup(7)
    assert not list(path.parent.glob("*.draft"))
