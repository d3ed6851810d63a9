"""The newsroom's lists: a topic's stories, and what it had wrong."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from groundwave.delivery.stories import readable_stories
from groundwave.newsroom.models import StoryKill, StoryUpdate, Topic
from groundwave.newsroom.models.update import StoryUpdateQuerySet


STORIES_A_PAGE = 24
CORRECTIONS_A_PAGE = 40


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """List the stories about a topic."""
    found = get_object_or_404(Topic, slug=slug)
    about = readable_stories().filter(topics=found)
    page = Paginator(about, STORIES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "newsroom/topic.html", {"topic": found, "stories": page})


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """List what was wrong and what is right, the latest first, and what was withdrawn."""
    page = Paginator(public_corrections(), CORRECTIONS_A_PAGE).get_page(
        request.GET.get("page")
    )
    kills = StoryKill.objects.told()[:CORRECTIONS_A_PAGE] if page.number == 1 else ()
    told = {"corrections": page, "kills": kills}
    return render(request, "newsroom/corrections.html", told)


def public_corrections() -> StoryUpdateQuerySet:
    """Return corrections and what is near them, of stories that anybody may read."""
    stories = readable_stories().order_by().values("pk")
    return (
        StoryUpdate.objects.owned_up()
        .filter(story__in=stories)
        .prefetch_related(Prefetch("story", readable_stories()))
    )
