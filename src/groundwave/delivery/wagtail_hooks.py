"""What is added to every page of the licensee's as it is served."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Page

from groundwave.delivery.carried import tell_robots
from groundwave.delivery.sounds_elsewhere import keep_while_heard
from groundwave.newsroom.models import Story


Serve = Callable[[Page, HttpRequest, list[Any], dict[str, Any]], HttpResponse]


def leave_out_what_is_to_be_left_out(serve: Serve) -> Serve:
    """Tell search engines of each story that they are not to have."""

    def told(
        page: Page, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse:
        response = serve(page, request, args, kwargs)
        if not isinstance(page, Story):
            return response
        keep_while_heard(response, page, now=timezone.now())
        return tell_robots(response, page)

    return told


hooks.register("on_serve_page", leave_out_what_is_to_be_left_out)
