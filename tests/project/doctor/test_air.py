from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from groundwave.patchbay.messages import Role, SourceStatus, StationStatus, Status
from groundwave.project.doctor.air import on_air
from groundwave.project.doctor.finding import Finding, Level


NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)

ODETTA = SourceStatus(
    role=Role.STUDIO,
    connected=True,
    on_air=True,
    person="Odetta",
    address="10.0.0.5",
    description="MP3 128 kbit/s 44.1 kHz stereo",
    healthy=True,
)


def findings(*sources: SourceStatus, **facts: Any) -> list[Finding]:
    usual = {"slug": "kgnd", "held": None, "title": "", "listeners": 2}
    station = StationStatus(
        sources=sources, **{"on_air": Role.STUDIO, **usual, **facts}
    )
    return list(on_air(state(station)))


def state(*stations: StationStatus) -> Status:
    return Status(
        at=NOW, started_at=NOW, version="0", edition=1, stations=stations, attempts=()
    )


def test_it_says_who_is_on_air_with_what_and_to_whom():
    (found,) = findings(ODETTA, title="Odetta - Evening Show")

    assert found.level is Level.GOOD
    assert found.sentence == (
        "/kgnd is on air from its studio source: Odetta, MP3 128 kbit/s 44.1 kHz stereo,"
        " “Odetta - Evening Show”, 2 listeners."
    )


def test_dead_air_is_wrong_and_says_how_to_end_it():
    (found,) = findings(on_air=None)

    assert found.level is Level.WRONG
    assert "groundwave source-key kgnd" in found.what_to_do


def test_the_standby_loop_is_worth_a_note():
    (found,) = findings(on_air=Role.STANDBY, listeners=1)

    assert found.level is Level.NOTE
    assert "to 1 listener:" in found.sentence


def test_a_connected_encoder_that_is_silent_is_wrong():
    silent = SourceStatus(
        role=Role.MAIN,
        connected=True,
        on_air=False,
        person="Ida",
        silent_since=datetime(2026, 11, 22, 19, 41, tzinfo=UTC),
    )
    _, found = findings(ODETTA, silent)

    assert found.level is Level.WRONG
    assert "main encoder (Ida)" in found.sentence
    assert "19:41 UTC" in found.sentence


def test_a_station_that_is_not_recorded_is_wrong_and_says_why():
    _, found = findings(ODETTA, tape="The disk is full; free some space.")

    assert found.level is Level.WRONG
    assert found.what_to_do == "The disk is full; free some space."


def test_a_source_held_by_hand_is_worth_a_note():
    _, found = findings(ODETTA, held=Role.STUDIO)

    assert found.level is Level.NOTE
    assert "by hand" in found.sentence


def test_standby_held_by_hand_names_who_is_ready():
    demo = SourceStatus(
        role=Role.MAIN,
        connected=True,
        on_air=False,
        person="The demo studio",
        healthy=True,
    )
    (found,) = findings(demo, on_air=Role.STANDBY, held=Role.STANDBY)

    assert found.level is Level.NOTE
    assert found.sentence == (
        "/kgnd, with 2 listeners, is held on standby by hand; main (The demo studio) is"
        " ready."
    )
    assert "Give the air back" in found.what_to_do


def test_standby_held_by_hand_without_an_encoder_asks_for_one():
    (found,) = findings(on_air=Role.STANDBY, held=Role.STANDBY)

    assert found.sentence.endswith("no encoder is ready.")
    assert "Connect an encoder" in found.what_to_do


def test_a_transmitter_without_a_station_is_wrong():
    (found,) = on_air(state())

    assert found.level is Level.WRONG


def test_a_station_that_is_not_as_it_was_set_is_wrong_and_says_what_to_do():
    _, found = findings(ODETTA, trouble="Set /kgnd.aac to 16 to 264 kbit/s.")

    assert found.level is Level.WRONG
    assert found.what_to_do == "Set /kgnd.aac to 16 to 264 kbit/s."


def test_a_source_whose_sound_cannot_be_used_is_wrong_and_says_why():
    damaged = SourceStatus(
        role=Role.BACKUP,
        connected=True,
        on_air=False,
        person="Ida",
        trouble="Its sound is damaged; start the encoder again.",
    )
    _, found = findings(ODETTA, damaged)

    assert found.level is Level.WRONG
    assert "backup encoder (Ida) cannot be used" in found.sentence
    assert found.what_to_do == "Its sound is damaged; start the encoder again."


def test_who_listens_to_the_tape_is_counted_as_well():
    (found,) = findings(ODETTA, listeners=2, fetching=3)

    assert "5 listeners" in found.sentence
