"""Killed stories at the desk: which there are, why, and what they said."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext, gettext_lazy as _
from django.views.decorators.http import require_GET
from wagtail.admin.menu import MenuItem
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page, Revision

from groundwave.newsroom.actions.killing import KILLED, READ, REVIVED, note_reading
from groundwave.newsroom.admin.killing import KillView, ReviveView
from groundwave.newsroom.models import Story, StoryKill
from groundwave.newsroom.models.story import StoryQuerySet
from groundwave.newsroom.withdrawn_files import MAY_READ
from groundwave.people.models import User


MAY_KILL = "newsroom.kill_story"
A_PAGE = 50


@permission_required(MAY_KILL, raise_exception=True)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List what was killed, the latest first."""
    kills = StoryKill.objects.select_related("story", "by", "revived_by")
    page = WagtailPaginator(kills, A_PAGE).get_page(request.GET.get("p"))
    told = {"page_title": gettext("Killed stories"), "header_icon": "no-view"}
    return TemplateResponse(
        request, "newsroom/admin/killed_stories.html", told | {"kills": page}
    )


@permission_required(MAY_KILL, raise_exception=True)
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who killed a story and why, and lead to its versions."""
    story: Story = get_object_or_404(_killed_once(), pk=pk)
    told = {
        "page_title": gettext("Killed story"),
        "page_subtitle": story.title,
        "header_icon": "no-view",
        "story": story,
        "kills": story.kills.select_related("by", "revived_by"),
        "versions": story.revisions.select_related("user").order_by("-created_at"),
        "may_read": request.user.has_perm(MAY_READ),
        "may_revive": story.kill_in_force
        and request.user.has_perm("newsroom.revive_story"),
    }
    return TemplateResponse(request, "newsroom/admin/killed_story.html", told)


@permission_required(MAY_READ, raise_exception=True)
@require_GET
def read(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """Show what one version of it said, and write down who read it."""
    story: Story = get_object_or_404(_killed_once(), pk=pk)
    revision = get_object_or_404(story.revisions, pk=version)
    by: User = request.user  # type: ignore[assignment]
    note_reading(story, revision, by=by)
    told = {
        "page_title": gettext("A version of a killed story"),
        "header_icon": "no-view",
        "story": story,
        "revision": revision,
        "lines": _lines(revision),
    }
    return TemplateResponse(request, "newsroom/admin/killed_version.html", told)


def _killed_once() -> StoryQuerySet:
    found: StoryQuerySet = Story.objects.filter(kills__isnull=False).distinct()
    return found


def _lines(revision: Revision) -> list[str]:
    version: Story = revision.as_object()
    return version.plain_text.splitlines()


def killed_story_urls() -> list[URLResolver]:
    pages = [
        path("", index, name="index"),
        path("<int:pk>/", show, name="show"),
        path("<int:pk>/versions/<int:version>/", read, name="read"),
        path("<int:pk>/kill/", KillView.as_view(), name="kill"),
        path("<int:pk>/revive/", ReviveView.as_view(), name="revive"),
    ]
    return [path("killed-stories/", include((pages, "killed_stories")))]


def killed_story_actions(actions: LogActionRegistry) -> None:
    actions.register_action(KILLED, _("Kill"), _("Killed"))
    actions.register_action(REVIVED, _("Revive"), _("Revived"))
    actions.register_action(READ, _("Read"), _("Read while it was killed"))


class KilledStoriesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MAY_KILL)


def killed_stories_item() -> KilledStoriesItem:
    url = reverse("killed_stories:index")
    return KilledStoriesItem(_("Killed stories"), url, icon_name="no-view", order=900)


def killing_buttons(
    page: Page, user: User, next_url: str | None = None, view_name: str = ""
) -> Iterator[Button]:
    """Offer to kill a story, or lead to why it was."""
    if page.specific_class is not Story or not user.has_perm(MAY_KILL):
        return
    if StoryKill.objects.in_force().filter(story_id=page.pk).exists():
        label, name, icon = _("Killed: see why"), "show", "no-view"
    else:
        label, name, icon = _("Kill"), "kill", "no-view"
    url = reverse(f"killed_stories:{name}", args=[page.pk])
    yield Button(label, url=url, icon_name=icon, priority=55)
