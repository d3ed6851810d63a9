"""What happened, and who says what of it: as a page, as data, and to be read aloud."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from groundwave.delivery.days import utc_text
from groundwave.delivery.event_data import figures_told
from groundwave.delivery.open_data import open_json
from groundwave.delivery.stories import readable_stories
from groundwave.newsroom.event_tables import all_said, event_broadcast_card, tables
from groundwave.newsroom.models import Event


# Nobody in a hurry waits longer for a figure that was taken back to be gone.
FRESH_SECONDS = 10
MOST_STORIES = 12


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what we know of an event, and who says so."""
    found = public_event(slug)
    told = {
        "event": found,
        "tables": tables(found),
        "stories": readable_stories().filter(event=found)[:MOST_STORIES],
    }
    return render(request, "newsroom/event.html", told)


@require_safe
def figures_json(request: HttpRequest, slug: str) -> HttpResponse:
    """Every figure that anybody gave, for programs."""
    found = public_event(slug)
    counted = [metric.counted for metric in found.metrics.all()]
    answer = open_json(
        {
            "event": found.title,
            "place": found.place or None,
            "began_at": utc_text(found.started_at) if found.started_at else None,
            "timezone": found.timezone,
            "stage": found.stage,
            **figures_told(counted, all_said(found)),
        }
    )
    return _kept_shortly(answer)


@require_safe
def broadcast_txt(request: HttpRequest, slug: str) -> HttpResponse:
    """What is read of it on the air, in some twenty seconds."""
    text = event_broadcast_card(public_event(slug), now=timezone.now()).text
    return _kept_shortly(
        HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8")
    )


def public_event(slug: str) -> Event:
    """Return the event of that address, if readers are told of it."""
    return get_object_or_404(Event.objects.public(), slug=slug)


def _kept_shortly(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    return answer
