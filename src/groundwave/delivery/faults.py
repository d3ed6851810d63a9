"""The page for a fault of ours; the player stays on it, and so does the sound."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import render_to_string


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer with a page like any other, or a plain one if even that cannot be made."""
    try:
        page = render_to_string("500.html", request=request)
    except DatabaseError:
        page = render_to_string("500_plain.html")
    return HttpResponseServerError(page)
