"""What the admin says when a story is not published where no form has asked before."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from groundwave.newsroom.errors import NotPublishable


class RefusedPublishing:
    """
    Sends an editor to the form that says why, with the reasons as messages.

    A review's last approval, the list of pages and two editors at the same moment come
    to publish a story without its form; nothing of what they did is kept then.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if not isinstance(exception, NotPublishable):
            return None
        for sentence in exception.messages:
            messages.error(request, sentence)
        where = _form_of(request)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # The dialog of a review is told where to lead.
            return JsonResponse({"step": "success", "redirect": where})
        return redirect(where)


def _form_of(request: HttpRequest) -> str:
    match = request.resolver_match
    if match and "page_id" in match.kwargs:
        return reverse("wagtailadmin_pages:edit", args=[match.kwargs["page_id"]])
    return reverse("wagtailadmin_explore_root")
