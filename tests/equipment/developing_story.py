"""
``python -m equipment.developing_story``: what a new site has before anybody writes.

Two editors, a photo, and a ferry whose missing people two sources count; it says the
numbers of the section for news and of the event.
"""

from __future__ import annotations

import os
from datetime import timedelta

import django


IDA, NOOR, PASSWORD = "ida@kgnd.example", "noor@kgnd.example", "along the ground"
PHOTO = "The ferry"


def write() -> str:
    from django.utils import timezone

    from groundwave.newsroom.models import Metric
    from groundwave.pages.models import HomePage, SectionPage
    from groundwave.stations.actions import open_station
    from groundwave.stations.models import Licensee

    licensee = Licensee.objects.create(name="KGND Community Radio")
    open_station(licensee, slug="kgnd", name="KGND", timezone="America/Denver")
    _hire(IDA, "Ida Marsh")
    _hire(NOOR, "Noor Vale")
    _take_photo()
    news = HomePage.objects.get().add_child(
        instance=SectionPage(title="News", slug="news")
    )
    missing = Metric(label="People missing")
    _let_sources_disagree(missing, as_of=timezone.now() - timedelta(hours=1))
    return f"{news.pk} {missing.event.pk}"


def _hire(email: str, name: str) -> None:
    from django.contrib.auth.models import Group

    from groundwave.people.models import Person, User

    user = User.objects.create_user(email, PASSWORD)
    user.groups.add(Group.objects.get(name="Editor"))
    Person.objects.create(name=name, slug=name.split()[0].lower(), user=user)


def _take_photo() -> None:
    from equipment.photos import keep_photo
    from groundwave.delivery.darkroom import develop

    facts = {"caption": "The ferry, last summer.", "description": "A white ferry"}
    develop.call(keep_photo(PHOTO, width=1600, **facts).pk)


def _let_sources_disagree(missing, *, as_of) -> None:
    from decimal import Decimal

    from groundwave.newsroom.actions.figures import Heard, add_figure, source_named
    from groundwave.newsroom.figures.quantity import Qualifier, Quantity
    from groundwave.newsroom.models import Event
    from groundwave.people.models import User

    missing.event = Event.objects.create(
        title="Ferry sinks", slug="ferry", timezone="America/Denver", is_public=True
    )
    missing.save()
    noor = User.objects.get(email=NOOR)
    for name, number in (("Tamarack County", 32), ("Bay Rescue", 42)):
        add_figure(
            missing,
            Quantity.of(Qualifier.AT_LEAST, Decimal(number)),
            heard=Heard(source_named(name, by=noor), said_at=as_of),
            as_of=as_of,
            by=noor,
            now=as_of,
        )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "groundwave.project.settings")
    django.setup()
    print(write())
