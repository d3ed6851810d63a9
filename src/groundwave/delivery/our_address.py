"""The name that the public knows the site by, wherever a whole address is said."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest


def public_url(url: str, request: HttpRequest) -> str:
    """Return the whole address of *url*, under the name that the deployment goes by."""
    origin = settings.GROUNDWAVE_SITE_URL or f"{request.scheme}://{request.get_host()}"
    return urljoin(f"{origin}/", url)
