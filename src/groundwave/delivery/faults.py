"""The pages for what is not there, and for faults of ours; the player stays on them."""

from __future__ import annotations

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse


log = structlog.get_logger(__name__)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer with a page of the edition in which something was looked for."""
    is_text = request.path.startswith(reverse("text_home"))
    return render(request, "text/404.html" if is_text else "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """
    Answer with a page like any other, or a plain one if even that cannot be made.

    It is the supervisor of all pages: what broke the page that was asked for may break
    this one in the same way, and after it there is nobody left to answer.
    """
    try:
        page = render_to_string("500.html", request=request)
    except Exception:  # the supervisor; the plain page asks for nothing
        log.exception("fault_page_not_made", path=request.path)
        page = render_to_string("500_plain.html")
    return HttpResponseServerError(page)
