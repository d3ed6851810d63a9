"""
Files that readers had from a killed story alone: recordings, documents, photos.

Those of its last version, that is: what an earlier one had is not known to be its own.
What belongs to anything else that is shown, an episode, another story, a person's
page, stays. Wagtail's index of references says so; the worker keeps it, seconds behind.
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import IntegerField, Model
from django.db.models.functions import Cast
from django.http import HttpRequest
from wagtail.models import Page, ReferenceIndex

from groundwave.newsroom.errors import StoryGone
from groundwave.newsroom.models.kill import StoryKill
from groundwave.people.models import User


MAY_READ = "newsroom.view_killed_story"


def refuse_withdrawn(thing: Model, reader: User | AnonymousUser) -> None:
    """
    Refuse to hand out the file of *thing*, but to those who may read killed stories.

    Raises:
        StoryGone: a killed story had it, and nothing that is shown does.
    """
    kill = kill_of_its_only_use(thing)
    if kill and not reader.has_perm(MAY_READ):
        raise StoryGone(kill.public_note, kill.at)


def refuse_withdrawn_document(document: Model, request: HttpRequest) -> None:
    """Do so where Wagtail is about to serve a document."""
    refuse_withdrawn(document, request.user)


def kill_of_its_only_use(thing: Model) -> StoryKill | None:
    """Return the kill of a story that had *thing*, if nothing that is shown has it."""
    uses = ReferenceIndex.get_references_to(thing)
    page = ContentType.objects.get_for_model(Page)
    pages = uses.filter(base_content_type=page).values(
        key=Cast("object_id", IntegerField())
    )
    kill: StoryKill | None = (
        StoryKill.objects.in_force().filter(story__in=pages).first()
    )
    if kill is None or uses.exclude(base_content_type=page).exists():
        return None
    return None if Page.objects.live().filter(pk__in=pages).exists() else kill
