from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
import time_machine


# A Monday morning in Denver, in a week in which the clocks leave everybody alone.
NOW = datetime(2026, 9, 14, 15, 0, tzinfo=UTC)
MONDAY = date(2026, 9, 14)


@pytest.fixture
def at_nine():
    """It is Monday, 14 September 2026, nine in the morning at the station."""
    with time_machine.travel(NOW, tick=False):
        yield NOW


@pytest.fixture
def shows(db):
    from groundwave.programming.models import Show

    titles = ["Morning Light", "Valley News", "Night Owl", "The Mayor Speaks"]
    return {
        title: Show.objects.create(title=title, slug=title.lower().replace(" ", "-"))
        for title in titles
    }


@pytest.fixture
def morning(kgnd, shows):
    """Morning Light, from ten to twelve on weekdays."""
    from groundwave.programming.actions import plan_slot

    return plan_slot(
        kgnd,
        show=shows["Morning Light"],
        starts_on=date(2026, 1, 5),
        begins=time(10),
        minutes=120,
        rule="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        now=NOW,
    )


@pytest.fixture
def news(kgnd, shows):
    """Valley News, on Tuesdays from 17:00 to 17:30."""
    from groundwave.programming.actions import plan_slot

    return plan_slot(
        kgnd,
        show=shows["Valley News"],
        starts_on=date(2026, 1, 6),
        begins=time(17),
        minutes=30,
        rule="FREQ=WEEKLY;BYDAY=TU",
        now=NOW,
    )


@pytest.fixture
def planner(client, ines):
    """Ines, who as an engineer may plan."""
    client.force_login(ines)
    return client
