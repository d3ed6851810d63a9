"""Text that travels compressed: a page arrives in a third of its bytes."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from groundwave.delivery.edition.freshness import keep_seconds
from groundwave.delivery.edition.text import TEXT
from groundwave.delivery.edition.wsgi import FOR_EVERYBODY


class CompressedText(GZipMiddleware):
    """
    Compresses what is text, for whoever takes it; the edition compresses what it keeps.

    A random number of bytes is added, so that nobody learns a secret of a page from
    its length (BREACH).
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "")
        if (
            response.streaming
            or not kind.startswith(TEXT)
            or _is_kept(request, response)
        ):
            return response
        return super().process_response(request, response)


def _is_kept(request: HttpRequest, response: HttpResponseBase) -> bool:
    if FOR_EVERYBODY not in request.META or response.cookies:
        return False
    headers = {name.lower(): value for name, value in response.headers.items()}
    return keep_seconds(response.status_code, headers) > 0
