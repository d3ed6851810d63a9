"""The desk of carried stories in a browser: what goes on is seen, and nobody is kept out."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from equipment.axe import violations
from equipment.browsers import visitor
from equipment.sites import Site
from groundwave.people.models import User
from groundwave.syndication.incoming import Text
from groundwave.syndication.models import Connection, Outcome, Poll, What
from syndication.carried import (
    LATER,
    REPAIR,
    come,
    longwave,
    publish_ours,
    the_original,
)


pytestmark = [pytest.mark.journey, pytest.mark.django_db]

SLOW_MS = 20_000


@pytest.fixture
def cookie(client):
    chief = User.objects.create_user("ida@kgnd.example", "along the ground")
    chief.groups.add(Group.objects.get(name="Administrator"))
    client.force_login(chief)
    return client.cookies["sessionid"].value


@pytest.fixture
def carried(news):
    connection = longwave(news, poll_due_at=timezone.now() + timedelta(days=1))
    come(connection)
    publish_ours()
    twice = Text(id="text-1", html="<p>The ferry runs twice a day.</p>")
    come(connection, twice, REPAIR, now=LATER)
    return the_original()


def test_an_open_page_shows_how_far_it_is_and_then_what_came(carried, cookie):
    poll = Poll.objects.create(
        connection=carried.connection, started_at=timezone.now(), found=40, done=10
    )

    def go_on():
        Poll.objects.filter(pk=poll.pk).update(done=20)

    def end():
        connection = Connection.objects.get()
        said = {"what": What.SKIPPED, "at": timezone.now(), "title": "Whales are back"}
        Outcome.objects.create(connection=connection, upstream_id="far-7", **said)
        Poll.objects.filter(pk=poll.pk).update(ended_at=timezone.now())

    with closing(Site()) as site, visitor() as context:
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": site.url}])
        page = context.new_page()
        page.goto(site.url + "/admin/carried-stories/", timeout=SLOW_MS)
        main = page.locator("main")
        expect(main).to_contain_text("10 of 40")

        site.ask(go_on)
        expect(main).to_contain_text("20 of 40", timeout=SLOW_MS)

        site.ask(end)
        expect(main).to_contain_text("Whales are back", timeout=SLOW_MS)
        expect(main).not_to_contain_text("is being asked")


@pytest.mark.parametrize("width", [390, 1280])
def test_its_pages_keep_nobody_out(carried, cookie, width):
    places = {
        reverse("carried_stories:index"): ".gw-carrying",
        reverse("carried_stories:show", args=[carried.pk]): ".gw-carrying",
        reverse("connections:show", args=[carried.connection_id]): ".gw-carrying",
        reverse("carried_stories:import"): ".gw-ask",
        reverse("wagtailadmin_pages:edit", args=[carried.story_id]): ".gw-carried",
    }
    found = {}
    size = {"width": width, "height": 900}
    with closing(Site()) as site, visitor(viewport=size) as context:
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": site.url}])
        page = context.new_page()
        for path, within in places.items():
            page.goto(site.url + path, timeout=SLOW_MS)
            page.locator(within).wait_for(timeout=SLOW_MS)
            if wrong := violations(page, within):
                found[path] = wrong

    assert found == {}
