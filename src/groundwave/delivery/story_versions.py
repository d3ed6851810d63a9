"""
What an update of a story changed, word for word, where the station lets readers see.

Of ours alone: of somebody else's story nobody reads here what its origin took back.
"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from wagtail.models import Revision

from groundwave.delivery.stories import own_stories
from groundwave.newsroom.changes.comparison import compared
from groundwave.newsroom.models import Story, StoryUpdate
from groundwave.newsroom.versions import version_before
from groundwave.stations.models import Licensee


@require_safe
def story_change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what a story said before one of its updates, and what it said then."""
    licensee = Licensee.objects.first()
    if licensee is None or not licensee.shows_versions:
        raise Http404
    stories = own_stories().order_by().values("pk")
    updates = StoryUpdate.objects.filter(story__in=stories)
    update = get_object_or_404(updates.select_related("story", "revision"), uid=uid)
    before = version_before(update)
    if before is None or update.revision is None:
        raise Http404
    told = {
        "update": update,
        "paragraphs": compared(_text(before), _text(update.revision)),
    }
    return render(request, "newsroom/change.html", told)


def _text(revision: Revision) -> str:
    version: Story = revision.as_object()
    return version.plain_text
