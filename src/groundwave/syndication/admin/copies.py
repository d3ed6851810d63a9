"""Stories of others are not copied: the copy would be ours, by its copyright line."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from groundwave.newsroom.models import Story


def keep_carried_from_copies(request: HttpRequest, page: Page) -> HttpResponse | None:
    """
    Refuse to copy *page* if it is a carried story, or has one below it that would come along.

    An alias shows the original's page itself, and is nobody else's.
    """
    if request.method != "POST" or "alias" in request.POST:
        return None
    carried = Story.objects.filter(original__isnull=False)
    is_whole = "copy_subpages" in request.POST
    among = (
        carried.descendant_of(page, inclusive=True)
        if is_whole
        else carried.filter(pk=page.pk)
    )
    if not among.exists():
        return None
    messages.error(
        request,
        _(
            "A copy of somebody else's story would stand here as ours. Link to the story, "
            "or copy the page without those below it."
        ),
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)
