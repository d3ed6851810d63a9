from __future__ import annotations

import pytest

from conftest import NOW
from groundwave.patchbay.messages import Role, SourceStatus, StationStatus
from groundwave.stations.board import SourceRow, StationBoard
from groundwave.stations.models import Station


def board(on_air):
    status = StationStatus(
        slug="kgnd", on_air=on_air, held=None, title="", sources=(), listeners=0
    )
    return StationBoard(station=Station(slug="kgnd"), status=status, incidents=())


@pytest.mark.parametrize(
    ("on_air", "said", "is_live"),
    [
        (Role.STUDIO, "On air: Studio", True),
        (Role.RELAY, "On air: Relay", True),
        (Role.STANDBY, "Standby", False),
        (None, "Nothing is on the air", False),
    ],
)
def test_standby_is_never_passed_off_as_a_programme(on_air, said, is_live):
    assert board(on_air).headline.startswith(said)
    assert board(on_air).is_live is is_live


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"healthy": True}, "no encoder is ready"),
        (
            {"role": Role.MAIN, "healthy": True},
            "Main is ready. Give the air back to hear it.",
        ),
        (
            {"role": Role.MAIN, "healthy": True, "person": "The demo studio"},
            "Main (The demo studio) is ready. Give the air back to hear it.",
        ),
        ({"role": Role.MAIN}, "no encoder is ready"),
    ],
)
def test_standby_that_is_held_says_who_would_be_heard(facts, said):
    waiting = {"role": Role.STANDBY, "connected": True, "on_air": False, **facts}
    status = StationStatus(
        slug="kgnd",
        on_air=Role.STANDBY,
        held=Role.STANDBY,
        title="",
        sources=(SourceStatus(**waiting),),
        listeners=0,
    )
    held = StationBoard(station=Station(slug="kgnd"), status=status, incidents=())

    assert held.headline == f"Held on standby by hand; {said}"
    assert not held.is_live


def test_without_the_transmitters_word_nothing_is_claimed():
    unknown = StationBoard(station=Station(), status=None, incidents=())

    assert unknown.headline == "Not known"
    assert not unknown.is_live
    assert unknown.sources == []


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"connected": False, "on_air": False}, "Not connected"),
        ({"connected": True, "on_air": True}, "On air"),
        ({"connected": True, "on_air": False, "silent_since": NOW}, "Silent"),
        ({"connected": True, "on_air": False, "healthy": True}, "Ready"),
        ({"connected": True, "on_air": False}, "Connected, not ready yet"),
    ],
)
def test_a_source_says_how_it_is(facts, state):
    assert SourceRow(SourceStatus(role=Role.MAIN, **facts)).state == state


def test_only_an_encoder_can_be_kicked():
    def row(role):
        return SourceRow(SourceStatus(role=role, connected=True, on_air=False))

    assert row(Role.BACKUP).may_be_kicked
    assert not row(Role.STANDBY).may_be_kicked
    assert row(Role.STANDBY).may_be_held
