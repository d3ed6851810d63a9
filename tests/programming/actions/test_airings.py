from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from groundwave.programming.actions import (
    cancel_airing,
    give_episode,
    materialize,
    override_airing,
    pre_empt,
    restore_airing,
    retire_show,
)
from groundwave.programming.errors import AlreadyAired, ShowRetired
from groundwave.programming.guide import guide
from groundwave.programming.models import Airing, Episode, Kind
from programming.conftest import NOW, named, utc


pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
TUESDAY = utc("24 07:00"), utc("25 07:00")


@pytest.fixture
def tuesday(jazz, plan):
    """Tuesday's Jazz, 17:00 to 19:00 in UTC."""
    plan(jazz, "10:00", 120)
    return Airing.objects.get(starts_at=utc("24 17:00"))


def heard(kgnd):
    return named(guide(kgnd, *TUESDAY, now=NOW))


def test_an_override_keeps_its_name_and_is_not_moved_back(kgnd, tuesday):
    moved = override_airing(
        tuesday, starts_at=utc("24 20:00"), ends_at=utc("24 21:00"), now=NOW
    )
    materialize(NOW)

    assert heard(kgnd) == ["07:00 -", "20:00 Jazz", "21:00 -"]
    moved.refresh_from_db()
    assert (moved.name, moved.kind) == (tuesday.name, Kind.OVERRIDE)


def test_an_override_can_be_taken_back(kgnd, tuesday, news):
    moved = override_airing(
        tuesday, show=news, starts_at=utc("24 20:00"), ends_at=utc("24 21:00"), now=NOW
    )

    restore_airing(moved, now=NOW)

    assert heard(kgnd) == ["07:00 -", "17:00 Jazz", "19:00 -"]


def test_a_cancelled_airing_leaves_its_time_to_the_default_show(kgnd, tuesday):
    cancel_airing(tuesday, now=NOW)
    materialize(NOW)

    assert heard(kgnd) == ["07:00 -"]

    restore_airing(tuesday, now=NOW)
    assert heard(kgnd) == ["07:00 -", "17:00 Jazz", "19:00 -"]


def test_an_airing_that_its_slot_has_no_more_goes_when_it_is_restored(kgnd, tuesday):
    moved = override_airing(tuesday, ends_at=utc("24 20:00"), now=NOW)
    type(moved.slot).objects.update(rule="FREQ=WEEKLY;BYDAY=MO")

    assert restore_airing(moved, now=NOW) is None
    assert heard(kgnd) == ["07:00 -"]


def test_another_show_does_not_keep_the_first_ones_episode(tuesday, jazz, news):
    bebop = Episode.objects.create(show=jazz, title="Bebop", slug="bebop")
    give_episode(tuesday, bebop)

    assert override_airing(tuesday, show=news, now=NOW).episode is None


def test_an_episode_is_given_without_taking_the_airing_from_its_slot(tuesday, jazz):
    bebop = Episode.objects.create(show=jazz, title="Bebop", slug="bebop")

    given = give_episode(tuesday, bebop)
    materialize(NOW)

    assert (given.kind, given.episode) == (Kind.SERIES, bebop)
    assert Airing.objects.get(episode=bebop).date == tuesday.date


def test_an_episode_of_another_show_is_refused(tuesday, news):
    headlines = Episode.objects.create(show=news, title="Headlines", slug="headlines")

    with pytest.raises(ValidationError, match="another show"):
        give_episode(tuesday, headlines)


def test_what_pre_empts_is_heard_and_what_it_interrupts_goes_on(kgnd, tuesday, news):
    pre_empt(
        kgnd, show=news, starts_at=utc("24 17:30"), ends_at=utc("24 18:00"), now=NOW
    )

    assert heard(kgnd) == [
        "07:00 -",
        "17:00 Jazz",
        "17:30 News",
        "18:00 Jazz",
        "19:00 -",
    ]


def test_a_pre_emption_can_be_cancelled_and_restored(kgnd, tuesday, news):
    before = heard(kgnd)
    speech = pre_empt(
        kgnd, show=news, starts_at=utc("24 17:30"), ends_at=utc("24 18:00"), now=NOW
    )
    during = heard(kgnd)

    cancel_airing(speech, now=NOW)
    assert heard(kgnd) == before

    restore_airing(speech, now=NOW)
    assert heard(kgnd) == during


def test_it_belongs_to_the_date_on_the_studios_wall(kgnd, news):
    late = pre_empt(
        kgnd, show=news, starts_at=utc("25 05:00"), ends_at=utc("25 08:00"), now=NOW
    )

    assert late.date.day == 24


@pytest.mark.parametrize("verb", [cancel_airing, restore_airing, override_airing])
def test_what_was_heard_is_not_changed_afterwards(tuesday, verb):
    with pytest.raises(AlreadyAired, match="what was heard stays"):
        verb(tuesday, now=utc("24 19:00"))


# --- what is on the air ---


@pytest.fixture
def on_air(jazz, plan):
    """Jazz, which began an hour ago and lasts another."""
    plan(jazz, "11:00", 120, "", starts_on=NOW.date())
    return Airing.objects.get(starts_at=NOW - HOUR)


def today(kgnd):
    return named(guide(kgnd, NOW - 2 * HOUR, NOW + 5 * HOUR, now=NOW))


def test_what_is_on_the_air_ends_now_when_it_is_cancelled(kgnd, on_air):
    cancel_airing(on_air, now=NOW)
    materialize(NOW)

    assert today(kgnd) == ["17:00 -", "18:00 Jazz", "19:00 -"]


def test_its_rest_can_be_put_back(kgnd, on_air):
    cancel_airing(on_air, now=NOW)

    restore_airing(on_air, now=NOW + HOUR / 2)

    assert today(kgnd) == ["17:00 -", "18:00 Jazz", "19:00 -", "19:30 Jazz", "20:00 -"]
    assert materialize(NOW + HOUR / 2) == 0


def test_what_is_on_the_air_and_moved_was_heard_and_comes_again(kgnd, on_air):
    moved = override_airing(
        on_air, starts_at=NOW + 2 * HOUR, ends_at=NOW + 3 * HOUR, now=NOW
    )

    assert today(kgnd) == ["17:00 -", "18:00 Jazz", "19:00 -", "21:00 Jazz", "22:00 -"]
    assert moved.name == on_air.name


def test_another_show_takes_over_now(kgnd, on_air, news):
    override_airing(on_air, show=news, now=NOW)

    assert today(kgnd) == ["17:00 -", "18:00 Jazz", "19:00 News", "20:00 -"]


def test_what_is_on_the_air_and_runs_over_is_still_one_airing(kgnd, on_air):
    longer = override_airing(on_air, ends_at=NOW + 2 * HOUR, now=NOW)

    assert today(kgnd) == ["17:00 -", "18:00 Jazz", "21:00 -"]
    assert longer.starts_at == NOW - HOUR


def test_what_is_on_the_air_began_when_it_did_and_not_earlier(kgnd, on_air):
    override_airing(on_air, starts_at=NOW - 2 * HOUR, now=NOW)

    assert today(kgnd) == ["17:00 -", "18:00 Jazz", "20:00 -"]


def test_what_lay_over_it_was_heard_though_it_outranks_it_from_now_on(
    kgnd, on_air, plan, news
):
    plan(news, "11:30", 60, "", starts_on=NOW.date())
    before = today(kgnd)
    assert before == ["17:00 -", "18:00 Jazz", "18:30 News", "19:30 Jazz", "20:00 -"]

    override_airing(on_air, ends_at=NOW + 2 * HOUR, now=NOW)

    assert today(kgnd) == [*before[:3], "19:00 Jazz", "21:00 -"]


def test_it_cannot_have_ended_already(kgnd, on_air):
    with pytest.raises(ValidationError, match="would have ended already"):
        override_airing(on_air, ends_at=NOW - HOUR / 2, now=NOW)

    assert today(kgnd) == ["17:00 -", "18:00 Jazz", "20:00 -"]


def test_what_pre_empts_begins_now_at_the_earliest(kgnd, on_air, news):
    pre_empt(kgnd, show=news, starts_at=NOW - HOUR / 2, ends_at=NOW + HOUR / 2, now=NOW)

    assert today(kgnd) == [
        "17:00 -",
        "18:00 Jazz",
        "19:00 News",
        "19:30 Jazz",
        "20:00 -",
    ]


def test_what_should_be_over_by_its_slot_ends_now_when_it_is_put_back(kgnd, jazz, plan):
    plan(jazz, "10:00", 60, "", starts_on=NOW.date(), now=NOW - 3 * HOUR)
    moved = override_airing(
        Airing.objects.get(),
        starts_at=NOW - HOUR,
        ends_at=NOW + HOUR,
        now=NOW - 3 * HOUR,
    )

    assert restore_airing(moved, now=NOW) is None

    assert today(kgnd) == ["17:00 -", "18:00 Jazz", "19:00 -"]
    assert materialize(NOW) == 0


def test_a_retired_show_takes_no_date_over_and_goes_over_nothing(kgnd, tuesday, news):
    retire_show(news, now=NOW)

    with pytest.raises(ShowRetired, match="Bring it back first"):
        override_airing(tuesday, show=news, now=NOW)
    span = {"starts_at": NOW + HOUR, "ends_at": NOW + 2 * HOUR}
    with pytest.raises(ShowRetired, match="Bring it back first"):
        pre_empt(kgnd, show=news, now=NOW, **span)


@pytest.mark.parametrize("lasts", [timedelta(0), -HOUR, timedelta(days=7, minutes=1)])
def test_a_time_that_cannot_be_is_refused(kgnd, news, lasts):
    start = utc("24 17:00")
    with pytest.raises(ValidationError, match="would"):
        pre_empt(kgnd, show=news, starts_at=start, ends_at=start + lasts, now=NOW)

    assert not Airing.objects.exists()
