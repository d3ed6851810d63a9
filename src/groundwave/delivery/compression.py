"""Text that travels compressed: a page arrives in a third of its bytes."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


# Pictures and sound are compressed already, and a part of a file must stay that part.
TEXT = ("text/", "application/json", "application/feed+json", "application/xml")


class CompressedText(GZipMiddleware):
    """
    Compresses what is text, for whoever takes it.

    A random number of bytes is added, so that nobody learns a secret of a page from
    its length (BREACH).
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "")
        if response.streaming or not kind.startswith(TEXT):
            return response
        return super().process_response(request, response)
