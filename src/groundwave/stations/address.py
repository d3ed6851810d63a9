"""Where on the web the transmitter is, as seen by whoever asks."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def air_url(request: HttpRequest) -> str:
    """
    Return the transmitter's public address, without a slash at the end.

    It is the deployment's ``GROUNDWAVE_AIR_URL``, or else the host that the visitor
    already found us at, at the transmitter's port.
    """
    if settings.GROUNDWAVE_AIR_URL:
        return str(settings.GROUNDWAVE_AIR_URL)
    host = urlsplit(f"//{request.get_host()}").hostname or "localhost"
    if ":" in host:
        host = f"[{host}]"
    return f"{request.scheme}://{host}:{settings.GROUNDWAVE.air_port}"


class Socket(NamedTuple):
    """A host and a port, as an encoder asks for them."""

    host: str
    port: int


def air_socket(request: HttpRequest) -> Socket:
    """Return where an encoder connects."""
    parts = urlsplit(air_url(request))
    implied = 443 if parts.scheme == "https" else 80
    return Socket(parts.hostname or "localhost", parts.port or implied)
