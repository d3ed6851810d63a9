"""What KGND airs, for the tests of its pages."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from groundwave.people.models import Person
from groundwave.programming.actions import plan_slot, set_default_show
from groundwave.programming.models import Host, Show


# A Sunday in Denver, 11:30 a.m., on the day on which its clocks went back.
NOW = datetime(2026, 11, 1, 18, 30, tzinfo=UTC)


@pytest.fixture
def now(time_machine):
    time_machine.move_to(NOW, tick=False)
    return NOW


@pytest.fixture
def show(db):
    """Make a show of that title."""

    def make(title, **facts):
        slug = facts.pop("slug", title.lower().replace(" ", "-"))
        return Show.objects.create(title=title, slug=slug, **facts)

    return make


@pytest.fixture
def plan(kgnd):
    """Plan a daily slot: a show, a wall time, how many minutes."""

    def plan(show, begins, minutes, rule="FREQ=DAILY", **facts):
        return plan_slot(
            facts.pop("station", kgnd),
            show=show,
            starts_on=facts.pop("starts_on", date(2026, 10, 1)),
            begins=time.fromisoformat(begins),
            minutes=minutes,
            rule=rule,
            # Long enough ago for this morning's airings to have been stored.
            now=facts.pop("now", NOW - timedelta(days=30)),
            **facts,
        )

    return plan


@pytest.fixture
def week(now, kgnd, show, plan):
    """Morning Light from 6 to 10, Noon Edition at 11, music around them."""
    ida = Person.objects.create(
        name="Ida Marsh", slug="ida-marsh", role_line="Host of Morning Light"
    )
    light = show("Morning Light", tagline="The day begins", category="Music")
    edition = show("Noon Edition", category="News")
    music = show("Music from the Valley", is_listed=False)
    Host.objects.create(show=light, person=ida)
    plan(light, "06:00", 240)
    plan(edition, "11:00", 60)
    set_default_show(kgnd, music)
    return {"light": light, "edition": edition, "music": music, "ida": ida}
