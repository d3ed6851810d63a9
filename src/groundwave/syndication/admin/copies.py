"""
Stories of others are not copied: the copy would be ours, by its copyright line.

An alias shows the original's page itself, and is nobody else's. It stays one.
"""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from groundwave.newsroom.models import Story
from groundwave.syndication.actions.aliases import ALIASES


_CARRIED = Q(original__isnull=False) | ALIASES


def keep_carried_from_copies(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to copy *page* if it is a carried story, or would bring one along."""
    if request.method != "POST":
        return None
    if "alias" in request.POST:
        if not _is_among(ALIASES, request, page):
            return None
        sentence = _(
            "There is an alias in it of somebody else's story. Make another one of the "
            "story itself, which says whose it is."
        )
    else:
        if not _is_among(_CARRIED, request, page):
            return None
        sentence = _(
            "A copy of somebody else's story would stand here as ours. Link to the story, "
            "or copy the page without those below it."
        )
    return _refused(request, page, sentence)


def keep_carried_aliases(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to make a story of its own of *page*, an alias of a carried one."""
    if not Story.objects.filter(ALIASES, pk=page.pk).exists():
        return None
    sentence = _(
        "This shows somebody else's story, and would stand here as ours. Leave it an "
        "alias, or delete it and write a story of your own."
    )
    return _refused(request, page, sentence)


def _is_among(which: Q, request: HttpRequest, page: Page) -> bool:
    """Whether *page*, or what comes along with it, is one of *which*."""
    found = Story.objects.filter(which)
    if "copy_subpages" in request.POST:
        found = found.descendant_of(page, inclusive=True)
    else:
        found = found.filter(pk=page.pk)
    return bool(found.exists())


def _refused(request: HttpRequest, page: Page, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return redirect("wagtailadmin_explore", page.get_parent().pk)
