"""
``python -m equipment.story_on_disk``: puts a story and its editor into a new site.

It says the story's number.
"""

from __future__ import annotations

import os

import django


EDITOR, PASSWORD = "ida@kgnd.example", "along the ground"


def write() -> int:
    """Write it in a section, about a topic, with an alias and an old address."""
    from django.contrib.auth.models import Group

    from groundwave.newsroom.models import Story, Topic
    from groundwave.pages.models import HomePage, SectionPage
    from groundwave.people.models import User
    from groundwave.stations.actions import open_station
    from groundwave.stations.models import Licensee

    licensee = Licensee.objects.create(name="KGND Community Radio")
    open_station(licensee, slug="kgnd", name="KGND", timezone="America/Denver")
    ida = User.objects.create_user(EDITOR, PASSWORD)
    ida.groups.add(Group.objects.get(name="Editor"))
    home = HomePage.objects.get()
    old = home.add_child(instance=SectionPage(title="Old", slug="old"))
    story = old.add_child(
        instance=Story(
            title="Ferry sinks off Marrow Bay",
            slug="ferry-sinks",
            body=[("text", "<p>At least 32 people are missing.</p>")],
            topics=[Topic.objects.create(name="The bay", slug="bay")],
            live=False,
        )
    )
    story.save_revision().publish()
    story.refresh_from_db()
    story.create_alias(parent=home, update_slug="ferry")
    news = home.add_child(instance=SectionPage(title="News", slug="news"))
    story.move(news, pos="last-child")
    return int(story.pk)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "groundwave.project.settings")
    django.setup()
    print(write())
