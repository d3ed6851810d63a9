from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from groundwave.patchbay.messages import KeyLine, Role, StationLine, Window
from groundwave.transmitter.keys import find_key, key_digest, may_connect


DENVER = ZoneInfo("America/Denver")
MONDAY, FRIDAY, SATURDAY, SUNDAY = 0, 4, 5, 6


def key(*windows: Window, secret: str = "along the ground", number: int = 1) -> KeyLine:
    return KeyLine(
        id=number,
        person="Odetta",
        role=Role.STUDIO,
        digest=key_digest(secret),
        windows=windows,
    )


def station(*keys: KeyLine) -> StationLine:
    return StationLine(slug="kgnd", name="KGND", timezone="America/Denver", keys=keys)


def is_open(window: Window, *wall: int, fold: int = 0) -> bool:
    now = datetime(*wall, tzinfo=DENVER, fold=fold)  # type: ignore[arg-type,misc]
    # As the transmitter has it: in UTC, so that both passes of 1:30 are told apart.
    return may_connect(key(window), station(), now=now.astimezone(ZoneInfo("UTC")))


def test_a_key_opens_the_place_it_was_issued_for():
    mine, other = key(secret="mine", number=1), key(secret="other", number=2)
    assert find_key(station(mine, other), "other") is other
    assert find_key(station(mine, other), "mine") is mine


@pytest.mark.parametrize("tried", ["", "mine ", "min", "Mine", "mine\0", "lykill: þ"])
def test_nothing_but_the_whole_key_opens_anything(tried: str):
    assert find_key(station(key(secret="mine")), tried) is None
    assert find_key(station(), tried) is None


def test_the_digest_of_a_key_is_no_key():
    assert find_key(station(key(secret="mine")), key_digest("mine")) is None


def test_a_key_without_windows_is_always_good():
    assert may_connect(key(), station(), now=datetime(2026, 11, 1, tzinfo=DENVER))


@pytest.mark.parametrize(
    ("hour", "minute", "opened"),
    [(21, 59, False), (22, 0, True), (23, 59, True), (0, 0, False)],
)
def test_a_window_opens_and_closes_on_its_minute_by_the_stations_clock(
    hour: int, minute: int, opened: bool
):
    window = Window(weekday=FRIDAY, starts_at="22:00", minutes=120)
    day = 23 if hour else 24  # 2026-10-23 is a Friday
    assert is_open(window, 2026, 10, day, hour, minute) is opened


def test_a_window_goes_on_past_midnight():
    window = Window(weekday=FRIDAY, starts_at="22:00", minutes=240)
    assert is_open(window, 2026, 10, 24, 1, 59)
    assert not is_open(window, 2026, 10, 24, 2, 0)
    assert not is_open(window, 2026, 10, 23, 1, 59)


def test_a_window_goes_on_past_the_end_of_the_week():
    window = Window(weekday=SUNDAY, starts_at="23:00", minutes=180)
    assert is_open(window, 2026, 10, 25, 23, 30)
    assert is_open(window, 2026, 10, 26, 1, 59)  # a Monday
    assert not is_open(window, 2026, 10, 26, 2, 0)


def test_a_window_of_a_week_never_closes():
    window = Window(weekday=MONDAY, starts_at="12:00", minutes=7 * 24 * 60)
    assert all(is_open(window, 2026, 10, day, 11, 59) for day in range(19, 27))
    assert all(is_open(window, 2026, 10, day, 12, 0) for day in range(19, 27))


def test_one_open_window_is_enough():
    weekly = Window(weekday=SATURDAY, starts_at="10:00", minutes=60)
    nightly = Window(weekday=SUNDAY, starts_at="02:00", minutes=60)
    now = datetime(2026, 10, 25, 2, 30, tzinfo=DENVER)
    assert may_connect(key(weekly, nightly), station(), now=now)


@pytest.mark.parametrize(
    "day",
    [
        pytest.param((2026, 3, 1), id="winter"),
        pytest.param((2026, 3, 8), id="the day summer time begins"),
        pytest.param((2026, 11, 1), id="the day it ends"),
    ],
)
def test_an_evening_show_keeps_its_wall_time_whatever_the_clocks_do(
    day: tuple[int, int, int],
):
    window = Window(weekday=SUNDAY, starts_at="18:00", minutes=60)
    assert not is_open(window, *day, 17, 59)
    assert is_open(window, *day, 18, 0)
    assert not is_open(window, *day, 19, 0)


def test_in_the_night_an_hour_is_skipped_a_window_ends_by_the_wall_clock():
    window = Window(weekday=SUNDAY, starts_at="01:00", minutes=120)
    assert is_open(window, 2026, 3, 8, 1, 59)
    assert not is_open(window, 2026, 3, 8, 3, 0)  # the minute that follows


def test_in_the_night_an_hour_comes_twice_a_window_is_open_both_times():
    window = Window(weekday=SUNDAY, starts_at="01:00", minutes=60)
    assert is_open(window, 2026, 11, 1, 1, 30, fold=0)
    assert is_open(window, 2026, 11, 1, 1, 30, fold=1)
    assert not is_open(window, 2026, 11, 1, 2, 0)
