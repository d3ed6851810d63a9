from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from groundwave.project.doctor import machine
from groundwave.project.doctor.finding import Level


NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("free", "stations", "level"),
    [
        (500_000_000_000, 1, Level.GOOD),
        (5_000_000_000, 1, Level.GOOD),
        (5_000_000_000, 8, Level.WRONG),
        (100_000_000, 1, Level.WRONG),
    ],
)
def test_a_disk_is_judged_by_the_tape_that_goes_on_it(tmp_path, free, stations, level):
    assert machine.disk(tmp_path, stations=stations, free=free).level is level


def test_a_data_folder_that_is_not_there_yet_is_not_wrong(tmp_path):
    found = machine.disk(tmp_path / "var", stations=1)

    assert found.level is Level.NOTE
    assert not (tmp_path / "var").exists()


def test_a_clock_that_agrees_with_the_transmitters_is_good():
    later = NOW + timedelta(seconds=1)

    assert machine.clock(NOW, transmitter_now=later).level is Level.GOOD


@pytest.mark.parametrize(
    ("now", "transmitter_now"),
    [
        (datetime(1970, 1, 1, 0, 3, tzinfo=UTC), None),
        (NOW, NOW + timedelta(minutes=2)),
    ],
)
def test_a_clock_that_cannot_be_right_is_wrong(now, transmitter_now):
    assert machine.clock(now, transmitter_now=transmitter_now).level is Level.WRONG


def test_the_codec_is_tried_in_a_process_of_its_own():
    assert machine.codec().level is Level.GOOD
