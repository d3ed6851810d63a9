"""A connection's policy is changed: what is here follows it with the next check."""

from __future__ import annotations

import pytest

from equipment.network.stories import every_story
from groundwave.newsroom.models import Story
from groundwave.photos.models import Photo
from groundwave.syndication.actions.connecting import apply_policy
from groundwave.syndication.models import Connection
from groundwave.syndication.polling.rounds import check_due, poll
from syndication.polling.conftest import became


pytestmark = pytest.mark.django_db


def test_pictures_that_are_wanted_no_more_go(network, cds, clock):
    network.publish(every_story())
    poll(cds, now=clock.now)
    lead = Story.objects.get().lead_photo
    assert lead

    Connection.objects.update(agencies=f"{lead.photographer}\n{lead.agency}")
    cds.refresh_from_db()
    apply_policy(cds, now=clock.pass_by(minutes=1))
    check_due(clock.now)

    story = Story.objects.live().get()
    assert story.lead_photo is None
    assert Photo.objects.get(pk=lead.pk).revoked_at == clock.now
    assert became()[0][1] == "updated"
    assert not check_due(clock.now), "it is known again"
