"""What stands where a story was that has been killed."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from groundwave.newsroom.errors import StoryGone


class WithdrawnStories:
    """Answers for every view that came upon a killed story."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        return gone(request, exception) if isinstance(exception, StoryGone) else None


def gone(request: HttpRequest, story: StoryGone) -> HttpResponse:
    """Answer in the edition that was asked for; it is not told what the story said."""
    is_text = request.path.startswith(reverse("text_home"))
    told = {"public_note": story.public_note, "at": story.at}
    return render(request, "text/410.html" if is_text else "410.html", told, status=410)
