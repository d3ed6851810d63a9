from __future__ import annotations

from datetime import timedelta

import pytest

from groundwave.syndication.models import Original, Outcome, Poll
from groundwave.syndication.polling.forgetting import KEPT, forget_outcomes


pytestmark = pytest.mark.django_db


@pytest.fixture
def became(cds, clock):
    def became(days, original=None, poll=None):
        return Outcome.objects.create(
            connection=cds,
            upstream_id="far-1",
            original=original,
            poll=poll,
            what="updated",
            at=clock.now - timedelta(days=days),
        )

    return became


def test_what_became_of_stories_a_month_ago_is_forgotten(cds, became, clock):
    old, recent = KEPT.days + 1, KEPT.days - 1
    polls = [
        Poll.objects.create(connection=cds, started_at=clock.now - timedelta(days=days))
        for days in (old, recent)
    ]
    became(old, poll=polls[0])
    kept = became(recent, poll=polls[1])

    assert sum(forget_outcomes(now=clock.now)) == 2

    assert Outcome.objects.get() == kept
    assert Poll.objects.get() == polls[1]


def test_the_last_that_became_of_a_story_we_had_is_kept(cds, became, clock):
    original = Original.objects.create(
        connection=cds, upstream_id="far-1", arrived_at=clock.now
    )
    began = clock.now - timedelta(days=60)
    poll = Poll.objects.create(connection=cds, started_at=began)
    became(90, original)
    last = became(60, original, poll)

    list(forget_outcomes(now=clock.now))

    assert Outcome.objects.get() == last
    assert not Poll.objects.exists()


def test_it_goes_in_small_batches(cds, became, clock, monkeypatch):
    monkeypatch.setattr("groundwave.syndication.polling.forgetting._BATCH", 2)
    for _ in range(5):
        became(40)

    assert list(forget_outcomes(now=clock.now)) == [2, 2, 1]
