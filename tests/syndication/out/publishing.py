"""KGND as a network knows it, and a story that has everything."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from equipment.photos import keep_photo
from equipment.stories import tell_stories
from groundwave.people.models import Person
from groundwave.syndication.out.pictures import make_crops
from groundwave.syndication.out.publisher import Publisher
from newsroom.ledger import NOW, Ledger


SITE = "https://kgnd.example"
SERVICE = "https://organization.api.longwave.example/v4/services/s901"
KGND = Publisher(
    prefix="kgnd",
    service=SERVICE,
    site=SITE,
    zone=ZoneInfo("America/Denver"),
    collections=("1001",),
)


def everything():
    """Return a story with one of every block, updated and corrected, with its crops."""
    ledger = Ledger()
    ledger.figure(32)
    ledger.figure(42, statement=ledger.statement(ledger.rescue))
    ida = Person.objects.create(name="Ida Marsh", slug="ida-marsh")
    photo = keep_photo("The ferry", caption="Last summer.")
    story = tell_stories(ledger.event, by=ida, photo=photo, now=NOW)
    make_crops(story, now=NOW + timedelta(days=1))
    return story


def words_of(document):
    """Return what the layout says, block by block, as HTML."""
    return [getattr(each, "text", "") for each in document.linked(document.layout)]
