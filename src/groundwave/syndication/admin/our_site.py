"""Where others find us, for what is sent to them."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def our_site(request: HttpRequest) -> str:
    """Return our address as the public knows it, or as whoever asks does."""
    kept: str = settings.GROUNDWAVE_SITE_URL
    return kept or f"{request.scheme}://{request.get_host()}"
