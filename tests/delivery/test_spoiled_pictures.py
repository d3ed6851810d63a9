"""A picture whose file is spoiled on the disk costs nobody a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from delivery.conftest import NOW
from equipment.photos import keep_photo
from equipment.whole_station import picture
from groundwave.delivery.schedule_news import schedule_news
from groundwave.people.models import Person
from groundwave.programming.models import Show
from groundwave.stations.models import Licensee


pytestmark = pytest.mark.django_db


@pytest.fixture(params=[picture, keep_photo])
def spoiled(request, week):
    """A logo, a portrait and every show's picture, made in all sizes or in none."""
    found = request.param()
    Path(found.file.path).write_bytes(b"This is no picture.")
    Licensee.objects.update(logo=found)
    Person.objects.update(portrait=found)
    Show.objects.update(image=found)


def test_every_page_is_there(client, spoiled):
    for path in (
        *("/", "/schedule/", "/schedule/week/", "/shows/", "/shows/morning-light/"),
        *("/people/", "/people/ida-marsh/", "/embed/kgnd/", "/text/"),
        *("/stations/kgnd/guide.json", "/api/spinitron/shows", "/favicon.ico"),
    ):
        assert client.get(path).status_code in {200, 302}, path
    assert client.get("/nowhere/").status_code == 404


def test_pages_that_are_open_hear_what_is_on(spoiled, kgnd):
    assert "Noon Edition" in schedule_news(kgnd, now=NOW).data
