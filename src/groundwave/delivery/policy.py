"""What a page of ours may load, and from where: the Content-Security-Policy."""

from __future__ import annotations

from urllib.parse import urlsplit

from csp.middleware import CSPMiddleware, PolicyParts
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from groundwave.delivery.air import air_origin


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
            "media-src": [*air, *files, "blob:"],
            "img-src": files,
            "connect-src": air,
            "style-src": [PROGRESS_BAR],
        }
        if request.path_info.startswith(reverse("wagtailadmin_home")):
            allowed |= _ADMIN | {"img-src": [*files, "blob:"]}
        parts.update = {**allowed, **(parts.update or {})}
        return parts


def files_origin() -> list[str]:
    """Return from where uploaded files come, if that is not the site itself."""
    place = urlsplit(default_storage.url("any"))
    return [f"{place.scheme}://{place.netloc}"] if place.netloc else []
