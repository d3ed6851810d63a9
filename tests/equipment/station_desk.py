"""
``python -m equipment.station_desk``: a desk in a site of its own, told what to do.

Each line that it reads is ``[verb, argument, …]`` in JSON; each that it says, the result.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import django


SECTION = "news"


def open_site(name: str, zone: str) -> None:
    """Begin: a licensee with a station, an administrator, a section for stories."""
    from groundwave.pages.models import HomePage, SectionPage
    from groundwave.people.models import User
    from groundwave.stations.actions import open_station
    from groundwave.stations.models import Licensee

    licensee = Licensee.objects.create(name=name, timezone=zone)
    open_station(licensee, slug="kgnd", name=name, timezone=zone)
    User.objects.create_superuser("ida@kgnd.example", "along the ground")
    HomePage.objects.get().add_child(
        instance=SectionPage(title="News", slug=SECTION, show_in_menus=True)
    )


def invite(name: str, site: str) -> str:
    """Make a partner of that name, and return the line to send to it."""
    from groundwave.syndication.actions.pairing import pairing_line
    from groundwave.syndication.models import Partner

    return pairing_line(Partner.objects.create(name=name), site=site)


def partners() -> list[str]:
    """Return where each partner is told of changes."""
    from groundwave.syndication.models import Partner

    return [each.notices_to for each in Partner.objects.all()]


def pair(line: str, site: str) -> None:
    """Carry the stories of whoever sent *line*, each at once."""
    from django.utils import timezone
    from wagtail.models import Page

    from groundwave.syndication.actions.pairing import pair, read_pairing_line

    pair(
        read_pairing_line(line),
        section=Page.objects.get(slug=SECTION),
        site=site,
        now=timezone.now(),
        arrival="publish",
    )


def publish(title: str, text: str) -> int:
    """Publish a story of our own, with a photo of our own, and return its number."""
    from wagtail.models import Page

    from equipment.photos import keep_photo
    from groundwave.newsroom.models import Story

    story = Story(
        title=title,
        body=[("text", f"<p>{text}</p>")],
        lead_photo=keep_photo("The bay", width=1600, height=900),
        lead_alt="The bay at dawn",
        live=False,
    )
    Page.objects.get(slug=SECTION).add_child(instance=story)
    story.save_revision().publish()
    return int(story.pk)


def correct(story: int, text: str, told: str) -> None:
    """Publish it with another text, and tell readers what was wrong."""
    from groundwave.newsroom.models import Story

    draft = Story.objects.get(pk=story).get_latest_revision_as_object()
    draft.begin_another_change()
    draft.body = [("text", f"<p>{text}</p>")]
    draft.change_kind, draft.change_text = "correction", told
    draft.save_revision().publish()


def kill(story: int) -> None:
    """Take it back from everybody."""
    from django.utils import timezone

    from groundwave.newsroom.actions.killing import kill
    from groundwave.newsroom.models import Story
    from groundwave.people.models import User

    kill(
        Story.objects.get(pk=story),
        by=User.objects.get(),
        reason="None of it is true.",
        now=timezone.now(),
    )


def stories() -> dict[str, str]:
    """Return where readers find each story, by its headline."""
    from groundwave.newsroom.models import Story

    return {each.title: each.url for each in Story.objects.live()}


def outcomes() -> list[str]:
    """Return what became of what came, for whoever wonders why nothing did."""
    from groundwave.syndication.models import Connection, Outcome

    troubles = [each.trouble for each in Connection.objects.all() if each.trouble]
    return [*map(str, Outcome.objects.order_by("pk")), *troubles]


VERBS = {
    each.__name__: each
    for each in (
        open_site,
        invite,
        partners,
        pair,
        publish,
        correct,
        kill,
        stories,
        outcomes,
    )
}


def answer(line: str) -> Any:
    verb, *arguments = json.loads(line)
    return VERBS[verb](*arguments)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "groundwave.project.settings")
    django.setup()
    for line in sys.stdin:
        print(json.dumps(answer(line)), flush=True)
