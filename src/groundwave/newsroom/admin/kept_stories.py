"""Stories that readers were told of or that were killed: not deleted, not copied along."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from groundwave.newsroom.models import Story, StoryKill


def keep_stories(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete *page* while such a story stands at or below it."""
    return _keep(request, [page])


def keep_stories_of_many(
    request: HttpRequest, action_type: str, objects: Iterable[object], action: object
) -> HttpResponse | None:
    """Refuse to delete it together with others."""
    if action_type != "delete":
        return None
    return _keep(request, [each for each in objects if isinstance(each, Page)])


def keep_killed_from_copies(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to copy *page* with what is below it while a killed story is among that."""
    if request.method != "POST" or "copy_subpages" not in request.POST:
        return None
    killed = Story.objects.filter(pk__in=StoryKill.objects.in_force().values("story"))
    if not killed.descendant_of(page).exists():
        return None
    messages.error(
        request,
        _(
            "There is a killed story in it, which would come back in the copy. Copy it "
            "without the pages below it."
        ),
    )
    return redirect("wagtailadmin_explore", page.pk)


def _keep(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    kept = Story.objects.filter(Q(updates__isnull=False) | Q(kills__isnull=False))
    for page in pages:
        if found := kept.descendant_of(page, inclusive=True).first():
            messages.error(
                request,
                _(
                    "What readers were told of “%(story)s” is kept for good, and the "
                    "story with it. Unpublish it or kill it instead of deleting it."
                )
                % {"story": found.title},
            )
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None
