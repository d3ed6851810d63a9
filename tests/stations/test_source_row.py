from __future__ import annotations

from datetime import timedelta

import pytest

from conftest import NOW
from groundwave.patchbay.messages import Role, SourceStatus
from groundwave.stations.source_row import SourceRow, clock_words


def row(role=Role.MAIN, *, connected=True, on_air=False, **facts):
    status = SourceStatus(role=role, connected=connected, on_air=on_air, **facts)
    return SourceRow(role, status, NOW)


def ago(seconds):
    return NOW - timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"connected": False}, "Not connected"),
        ({"on_air": True}, "On air"),
        ({"silent_since": NOW}, "Silent"),
        ({"healthy": True}, "Ready"),
        ({}, "Connected, not ready yet"),
    ],
)
def test_a_source_says_how_it_is(facts, state):
    assert row(**facts).state == state


def test_while_the_transmitter_is_away_nothing_is_claimed():
    unknown = SourceRow(Role.STUDIO, None)

    assert unknown.state == "Not known"
    assert unknown.level_words == unknown.alarm == unknown.person == ""
    assert not unknown.may_be_held
    assert not unknown.may_be_kicked


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"silent_since": ago(12)}, "Silent for 0:12"),
        ({"heard_at": ago(7)}, "No sound arrives, for 0:07"),
        ({"heard_at": ago(7), "silent_since": ago(60)}, "No sound arrives, for 0:07"),
        ({"heard_at": ago(1)}, ""),
        ({"heard_at": NOW + timedelta(seconds=8)}, ""),
        ({"connected": False, "heard_at": ago(90)}, ""),
        ({}, ""),
    ],
)
def test_a_clock_runs_while_nothing_is_heard(facts, said):
    assert row(**facts).alarm == said


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00"), (59.9, "0:59"), (61, "1:01"), (3723, "1:02:03"), (-3, "0:00")],
)
def test_a_clock_is_read_as_a_stopwatch(seconds, shown):
    assert clock_words(timedelta(seconds=seconds)) == shown


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"level_dbfs": -17.8}, "\u221218 dBFS"),
        (
            {"level_dbfs": -17.8, "peak_dbfs": -6.2},
            "\u221218 dBFS, peak \u22126",
        ),
        ({"level_dbfs": -3.0, "peak_dbfs": 0.0}, "\u22123 dBFS, peak 0: clips"),
        ({"connected": False, "level_dbfs": -17.8}, ""),
        ({"level_dbfs": -17.8, "trouble": "Its sound is damaged."}, ""),
    ],
)
def test_a_level_is_said_in_numbers_and_that_it_clips_in_a_word(facts, said):
    assert row(**facts).level_words == said


def test_a_source_that_stands_has_no_level_whatever_was_measured_last():
    stands = row(on_air=True, level_dbfs=-12.0, peak_dbfs=-3.0, heard_at=ago(5))

    assert stands.level is None
    assert stands.peak is None
    assert stands.level_place == 0


@pytest.mark.parametrize(
    ("level", "place", "now"),
    [(-60.0, 0, "-60"), (-120.0, 0, "-60"), (-30.0, 50, "-30"), (0.0, 100, "0")],
)
def test_the_meter_goes_from_sixty_under_to_full_scale(level, place, now):
    assert row(level_dbfs=level).level_place == place
    assert row(level_dbfs=level).level_now == now


def test_only_an_encoder_can_be_kicked():
    assert row(Role.BACKUP).may_be_kicked
    assert not row(Role.STANDBY).may_be_kicked
    assert row(Role.STANDBY).may_be_held
