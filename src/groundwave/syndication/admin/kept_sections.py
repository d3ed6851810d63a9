"""Sections that a connection puts stories into: not deleted under it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from groundwave.syndication.models import Connection


def keep_sections(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete *page* while stories are to stand at or below it."""
    return _keep(request, [page])


def keep_sections_of_many(
    request: HttpRequest, action_type: str, objects: Iterable[object], action: object
) -> HttpResponse | None:
    """Refuse to delete it together with others."""
    if action_type != "delete":
        return None
    return _keep(request, [each for each in objects if isinstance(each, Page)])


def _keep(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    for page in pages:
        going = Page.objects.descendant_of(page, inclusive=True)
        theirs = Q(section__in=going) | Q(category_rules__section__in=going)
        if connection := Connection.objects.filter(theirs).first():
            messages.error(
                request,
                _(
                    "The connection %(name)s puts stories there. Give it another section "
                    "first, under Carrying, Connections."
                )
                % {"name": connection},
            )
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None
