"""What a page of ours may load, and from where: the Content-Security-Policy."""

from __future__ import annotations

from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from groundwave.delivery.air import air_origin


# Wagtail's admin has inline scripts and styles; the public's pages have neither.
_ADMIN = {
    "script-src": ["'unsafe-inline'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["blob:"],
}
# The style of Turbo's progress bar, which it puts into the page itself.
PROGRESS_BAR = "'sha256-WAyOw4V+FqDc35lQPyRADLBWbuNK8ahvYEaQIYF1+Ps='"


class SitePolicy(CSPMiddleware):
    """``settings.CONTENT_SECURITY_POLICY``, plus the air, plus what the admin needs."""

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        air = ["'self'", air_origin(request)]
        allowed = {
            # hls.js hands sound to the browser under an address of the page's own.
            "media-src": [*air, "blob:"],
            "connect-src": air,
            "style-src": [PROGRESS_BAR],
        }
        if request.path_info.startswith(reverse("wagtailadmin_home")):
            allowed |= _ADMIN
        parts.update = {**allowed, **(parts.update or {})}
        return parts
