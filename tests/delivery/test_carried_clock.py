"""Pages are made anew at the instant at which a story of others is promoted no more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from equipment.carried import carry, connect
from groundwave.delivery.carried_clock import next_turn, turn_due
from groundwave.delivery.models import Edition
from groundwave.newsroom.models import Story
from groundwave.syndication.models import Original


pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 1, 18, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def original(news):
    story = carry(connect(news), recommended_until=NOW + HOUR)
    Edition.objects.get_or_create(pk=1)
    return story.original


def number():
    return Edition.objects.get().number


def test_the_next_instant_is_the_first_of_either_kind(original):
    assert next_turn(NOW) == NOW + HOUR
    assert next_turn(NOW + HOUR) is None

    Original.objects.update(expires_at=NOW + HOUR / 2)

    assert next_turn(NOW) == NOW + HOUR / 2


@pytest.mark.parametrize(
    ("since", "until", "turns"),
    [
        (NOW, NOW + HOUR / 2, False),
        (NOW + HOUR / 2, NOW + HOUR, True),
        (NOW + HOUR, NOW + 2 * HOUR, False),
    ],
)
def test_the_edition_ends_once_and_at_that_instant(original, since, until, turns):
    before = number()

    assert turn_due(since, until) is turns

    assert number() - before == int(turns)


def test_what_readers_do_not_have_ends_no_edition(original):
    Original.objects.update(story=None)
    Story.objects.all().delete()

    assert next_turn(NOW) is None
    assert not turn_due(NOW, NOW + 2 * HOUR)
