"""The desk reads and shows times by the licensee's clock, until somebody sets their own."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from wagtail.users.models import UserProfile

from groundwave.stations.models import Licensee


class DeskZone:
    """
    Gives whoever has set no zone of their own the licensee's, for the request.

    Wagtail would read what they type, such as when to publish, as UTC.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        self._desk = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(self._desk) and request.user.is_authenticated:
            profile = UserProfile.get_for_user(request.user)
            zone = Licensee.objects.values_list("timezone", flat=True).first()
            profile.current_time_zone = profile.current_time_zone or zone or ""
            # A relation that Wagtail adds, and looks at for each view of the desk.
            request.user.wagtail_userprofile = profile  # type: ignore[attr-defined]
        return self._get_response(request)
