"""A day's listeners, counted from who has listened and who does now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from groundwave.patchbay.messages import Came
from groundwave.stations.listening import STEP, Listening, day_of, listening_today
from groundwave.stations.models import ListeningSession, Station
from groundwave.stations.plot import HEIGHT, WIDTH, ListeningPlot


# Nine in the morning in Denver; its day began at six, UTC.
NOW = datetime(2026, 9, 14, 15, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 9, 14, 6, 0, tzinfo=UTC)


def hours(number):
    return timedelta(hours=number)


@pytest.fixture
def listened():
    """Somebody listened, from and until so long after midnight."""
    number = iter(range(100))

    def listened(start, end, station="kgnd"):
        ListeningSession.objects.create(
            id=str(next(number)),
            station=station,
            mount=f"/{station}.mp3",
            started_at=MIDNIGHT + start,
            ended_at=MIDNIGHT + end,
            bytes_sent=10_000,
        )

    return listened


def today(station, now=NOW, came=(), **listen_now):
    found = listening_today([station], now=now, came=came, listen_now=listen_now)
    return found[station.slug]


def at(listening, moment):
    return listening.counts[(moment - listening.starts_at) // STEP]


def test_the_day_is_the_stations(kgnd):
    assert day_of(kgnd, NOW) == (MIDNIGHT, MIDNIGHT + hours(24))
    assert today(kgnd).starts_at == MIDNIGHT


@pytest.mark.parametrize(
    ("now", "lasts"),
    [
        (datetime(2026, 3, 8, 20, 0, tzinfo=UTC), 23),
        (datetime(2026, 11, 1, 20, 0, tzinfo=UTC), 25),
    ],
)
def test_a_day_on_which_the_clocks_change_is_as_long_as_it_is(kgnd, now, lasts):
    start, end = day_of(kgnd, now)

    assert end - start == hours(lasts)


def test_who_has_listened_is_counted_while_they_did(kgnd, listened):
    listened(hours(1), hours(3))
    listened(hours(2), hours(2.5))
    listened(hours(-1), hours(1))  # since yesterday

    found = today(kgnd)
    assert at(found, MIDNIGHT) == 1
    assert at(found, MIDNIGHT + hours(1)) == 1
    assert at(found, MIDNIGHT + hours(2)) == 2
    assert at(found, MIDNIGHT + hours(2.5)) == 1
    assert at(found, MIDNIGHT + hours(3)) == 0
    assert len(found.counts) == 9 * 12 + 1
    assert (found.peak, found.peak_at) == (2, MIDNIGHT + hours(2))


def test_yesterday_and_another_station_are_left_out(kgnd, listened):
    listened(hours(-3), hours(-1))
    listened(hours(1), hours(2), station="jazz")

    assert today(kgnd).peak == 0


def test_who_still_listens_is_on_the_curve_since_they_came(kgnd, listened):
    listened(hours(1), hours(2))
    came = (
        Came(station="kgnd", by=MIDNIGHT - hours(2), listeners=1),
        Came(station="kgnd", by=MIDNIGHT + hours(8), listeners=4),
        Came(station="jazz", by=MIDNIGHT + hours(8), listeners=90),
    )

    found = today(kgnd, came=came, kgnd=6)
    assert at(found, MIDNIGHT + hours(1)) == 2
    assert at(found, MIDNIGHT + hours(7)) == 1
    assert at(found, NOW) == 5
    assert found.now == 6
    assert (found.peak, found.peak_at) == (6, NOW)


def test_somebody_who_came_after_the_last_step_is_only_there_now(kgnd):
    late = NOW + timedelta(minutes=2)
    came = (Came(station="kgnd", by=NOW + STEP, listeners=1),)

    assert today(kgnd, late, came, kgnd=1).counts[-1] == 0


def test_many_stations_and_sessions_are_one_question(
    kgnd, listened, django_assert_num_queries
):
    for number in range(20):
        listened(hours(number / 4), hours(number / 4 + 2))
    jazz = Station(slug="jazz", timezone="Asia/Kolkata")

    with django_assert_num_queries(1):
        listening_today([kgnd, jazz], now=NOW, listen_now={})


def test_without_a_station_nothing_is_asked(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert listening_today([], now=NOW, listen_now={}) == {}


def test_each_hour_has_its_most(kgnd, listened):
    listened(hours(1.25), hours(1.5))

    assert dict(today(kgnd).hours())[MIDNIGHT + hours(1)] == 1
    assert dict(today(kgnd).hours())[MIDNIGHT + hours(2)] == 0


# --- the drawing ---


def drawn(*counts, now=None, zone=UTC):
    start = datetime(2026, 9, 14, tzinfo=UTC)
    listening = Listening(
        starts_at=start,
        ends_at=start + hours(24),
        counts=counts,
        now=now,
        asked_at=start + len(counts) * STEP,
    )
    return ListeningPlot(listening, zone)


def test_the_peak_is_highest_and_nobody_is_on_the_floor():
    points = [
        tuple(map(float, point.split(","))) for point in drawn(0, 50, 0).line.split()
    ]

    assert [y for _x, y in points] == [HEIGHT, 22, HEIGHT]
    assert points[0][0] == 0


def test_one_listener_does_not_fill_the_picture():
    assert float(drawn(0, 1).peak_y) > HEIGHT / 2


def test_the_curve_ends_now_and_not_at_midnight():
    last = drawn(*[3] * 144, now=3).line.split()[-1]

    assert float(last.split(",")[0]) == WIDTH / 2


def test_the_hours_are_those_of_the_wall_clock():
    assert [tick.words for tick in drawn(1).ticks][:3] == ["00:00", "02:00", "04:00"]
