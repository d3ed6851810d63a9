from __future__ import annotations

from datetime import timedelta

import pytest

from conftest import NOW
from groundwave.patchbay.messages import Role, SourceStatus, StationStatus
from groundwave.stations.board import Lamp, StationBoard
from groundwave.stations.models import Station


def board(on_air, *sources, **facts):
    told = {"slug": "kgnd", "held": None, "title": "", "listeners": 0, **facts}
    status = StationStatus(on_air=on_air, sources=sources, **told)
    return StationBoard(Station(slug="kgnd"), status, NOW)


def source(role, *, on_air=True, **facts):
    return SourceStatus(role=role, connected=True, on_air=on_air, **facts)


@pytest.mark.parametrize(
    ("on_air", "said", "lamp"),
    [
        (Role.STUDIO, "On air: Studio", Lamp.LIVE),
        (Role.RELAY, "On air: Relay", Lamp.LIVE),
        (Role.STANDBY, "Standby", Lamp.STANDBY),
        (None, "Nothing is on the air", Lamp.ALARM),
    ],
)
def test_standby_is_never_passed_off_as_a_programme(on_air, said, lamp):
    assert board(on_air).headline.startswith(said)
    assert board(on_air).lamp is lamp


def test_what_is_on_the_air_and_silent_turns_the_lamp():
    quiet = source(Role.STUDIO, silent_since=NOW - timedelta(seconds=12))
    silent = board(Role.STUDIO, quiet)

    assert silent.lamp is Lamp.ALARM
    assert silent.headline == "On air: Studio"
    assert silent.alarm == "Silent for 0:12"


def test_a_source_that_is_silent_off_the_air_is_no_alarm():
    backup = source(Role.BACKUP, on_air=False, silent_since=NOW)
    calm = board(Role.STUDIO, source(Role.STUDIO), backup)

    assert calm.lamp is Lamp.LIVE
    assert calm.alarm == ""


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"healthy": True}, "no encoder is ready"),
        (
            {"role": Role.MAIN, "healthy": True},
            "Main is ready: give the air back to hear it",
        ),
        (
            {"role": Role.MAIN, "healthy": True, "person": "The demo studio"},
            "Main (The demo studio) is ready: give the air back to hear it",
        ),
        ({"role": Role.MAIN}, "no encoder is ready"),
    ],
)
def test_standby_that_is_held_says_who_would_be_heard(facts, said):
    waiting = {"role": Role.STANDBY, "on_air": False, **facts}
    held = board(Role.STANDBY, source(**waiting), held=Role.STANDBY)

    assert held.headline == f"Held on standby by hand; {said}"
    assert held.lamp is Lamp.STANDBY


def test_a_hold_says_whether_it_is_heard():
    assert "stays until it is given back" in board(Role.MAIN, held=Role.MAIN).held
    assert "brings no sound now" in board(Role.STANDBY, held=Role.MAIN).held
    assert board(Role.MAIN).held == ""


def test_who_listens_to_the_tape_is_a_listener_as_well():
    assert board(Role.MAIN, listeners=7, fetching=5).listeners == "12 listeners"
    assert board(Role.MAIN, fetching=1).listeners == "1 listener"


def test_without_the_transmitters_word_nothing_is_claimed():
    unknown = StationBoard(Station(), None)

    assert unknown.headline == "Not known"
    assert unknown.lamp is Lamp.UNKNOWN
    assert unknown.listeners == unknown.held == unknown.troubles == ""
    assert {row.state for row in unknown.sources} == {"Not known"}


def test_every_place_of_the_chain_has_its_row_taken_or_not():
    rows = board(Role.STUDIO, source(Role.STUDIO)).sources

    assert [row.role for row in rows] == list(Role)
    assert [row.state for row in rows][1:] == ["Not connected"] * 4


def test_standby_says_that_nothing_sounds_not_that_nobody_is_connected():
    silent = source(Role.MAIN, on_air=False, silent_since=NOW)

    said = board(Role.STANDBY, silent).headline

    assert said == "Standby: no encoder sounds, so the standby sound is heard"
