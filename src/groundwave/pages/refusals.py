"""
Versions that did not go live at their time, until somebody has seen to it.

The schedule is over, and its time is still in the version; the desk says so on its front
page and in the page's editor. Whoever publishes, schedules anew, cancels or takes the page
down has seen to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.models import Page, PageLogEntry
from wagtail.permissions import page_permission_policy

from groundwave.pages.publishing import REFUSED


# What ends one. Anything else that is done to a page leaves it as it was.
SEEN_TO = (
    "newsroom.kill",
    "wagtail.publish",
    "wagtail.publish.schedule",
    "wagtail.publish.scheduled",
    "wagtail.schedule.cancel",
    "wagtail.unpublish",
    "wagtail.unpublish.scheduled",
)
# As many as the desk's front page lists; who has more mends these first.
MOST = 10


def standing() -> QuerySet[PageLogEntry]:
    """Return what nobody has seen to yet, the latest first; one for each page."""
    later = PageLogEntry.objects.filter(
        page_id=OuterRef("page_id"),
        action__in=(REFUSED, *SEEN_TO),
        pk__gt=OuterRef("pk"),
    )
    refused = PageLogEntry.objects.filter(action=REFUSED, deleted=False)
    found: QuerySet[PageLogEntry] = refused.filter(~Exists(later)).order_by("-pk")
    return found


def sentence(entry: PageLogEntry) -> str:
    """Return what did not happen, why, and what to do."""
    told = {"reasons": entry.data["reasons"], "when": _when(entry.data)}
    return (
        _(
            "It was to go live on %(when)s UTC and did not: %(reasons)s Mend that, and "
            "publish it or schedule it again."
        )
        % told
    )


def tell_editor(request: HttpRequest, page: Page) -> None:
    """Say so to whoever opens the page's editor."""
    entry = standing().filter(page=page.pk).first()
    if request.method == "GET" and entry:
        messages.warning(request, sentence(entry))


class RefusedPanel(Component):
    """The pages that did not go live, on the desk's front page."""

    name = "not_published"
    template_name = "pages/admin/refused.html"
    order = 40

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        return {"refused": list(_told_to(user))}


def add_refused_panel(request: HttpRequest, panels: list[Component]) -> None:
    if any(True for _each in _told_to(request.user)):
        panels.append(RefusedPanel())


def _told_to(user: Any) -> Iterator[tuple[Page, str]]:
    """Yield those pages that *user* may see to, and what is said of each."""
    may = page_permission_policy.instances_user_has_any_permission_for(
        user, {"change", "publish"}
    )
    for entry in standing().filter(page__in=may).select_related("page")[:MOST]:
        yield entry.page, sentence(entry)


def _when(data: dict[str, str]) -> str:
    if not data.get("due_at"):
        return _("its time")
    return date_format(datetime.fromisoformat(data["due_at"]), "N j, Y, P")
