"""What a page of ours may load, and from where: the Content-Security-Policy."""

from __future__ import annotations

from urllib.parse import urlsplit

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from groundwave.delivery.air import air_origin
from groundwave.wire.http.host import Host


# Wagtail's admin has inline scripts and styles; the public's pages have neither.
_ADMIN = {
    "script-src": ["'unsafe-inline'"],
    "style-src": ["'unsafe-inline'"],
}
# The style of Turbo's progress bar, which it puts into the page itself.
PROGRESS_BAR = "'sha256-WAyOw4V+FqDc35lQPyRADLBWbuNK8ahvYEaQIYF1+Ps='"


class SitePolicy(CSPMiddleware):
    """``settings.CONTENT_SECURITY_POLICY``, plus the air, the files, and what the admin needs."""

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        air, files = ["'self'", air_origin(request)], files_origin()
        allowed = {
            # hls.js hands sound to the browser under an address of the page's own.
            "media-src": [*air, *files, "blob:", *sounds_elsewhere()],
            "img-src": files,
            "connect-src": air,
            "style-src": [PROGRESS_BAR],
        }
        if request.path_info.startswith(reverse("wagtailadmin_home")):
            allowed |= _ADMIN | {"img-src": [*files, "blob:"]}
        parts.update = {**allowed, **(parts.update or {})}
        return parts


def sounds_elsewhere() -> list[str]:
    """
    Return from where sounds of others may be played.

    That is anywhere, over HTTPS: a page that was opened first decides for all that are
    visited from there, and a list of origins would be that of another moment. Sound
    runs no script and reads nothing of the page. Without HTTPS, it is those servers
    alone that a deployment lets us fetch from, such as a neighbor's on its own network.
    """
    # A policy cannot name an IPv6 address.
    hosts = [
        f"http://{name}:{'*' if port is None else port}"
        for name, port in settings.GROUNDWAVE_OUTBOUND_ALLOW
        if not name.startswith("[")
    ]
    return ["https:", *sorted(hosts)]


def may_be_played(url: str) -> bool:
    """Return whether a page of ours may play the sound at *url*, which is not ours."""
    try:
        parts = urlsplit(url)
        known = {Host(parts.hostname or "", port) for port in (None, parts.port or 80)}
    except ValueError:  # its port is no number, or it is in no brackets
        return False
    is_known = not known.isdisjoint(settings.GROUNDWAVE_OUTBOUND_ALLOW)
    return parts.scheme == "https" or (parts.scheme == "http" and is_known)


def files_origin() -> list[str]:
    """Return from where uploaded files come, if that is not the site itself."""
    place = urlsplit(default_storage.url("any"))
    return [f"{place.scheme}://{place.netloc}"] if place.netloc else []
