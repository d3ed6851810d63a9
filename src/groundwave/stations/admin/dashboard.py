"""What the dashboard says first: how to get, and who is, on the air."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from groundwave.stations.models import Licensee, SourceKey, Station


class OnAirPanel(Component):
    """The next step towards the air, or the way to the Air page."""

    name = "on_air"
    template_name = "stations/admin/dashboard.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {
            "licensee": Licensee.objects.first(),
            "stations": Station.objects.all(),
            "has_keys": SourceKey.objects.live().exists(),
            "perms": parent_context["perms"],
        }


def add_on_air_panel(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm("stations.watch_the_air"):
        panels.append(OnAirPanel())
