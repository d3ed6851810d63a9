from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from groundwave.stations.admin.air import AirViewSet
from groundwave.stations.admin.dashboard import add_on_air_panel
from groundwave.stations.admin.source_key import SourceKeyViewSet
from groundwave.stations.admin.station import LicenseeViewSet, StationViewSet


class OnAir(ViewSetGroup):
    menu_label = _("On air")
    menu_icon = "antenna"
    menu_order = 90  # before pages: the air comes first
    items = (AirViewSet, StationViewSet, SourceKeyViewSet, LicenseeViewSet)


def register_icons(icons: list[str]) -> list[str]:
    return [*icons, "stations/icons/antenna.svg"]


hooks.register("register_admin_viewset", OnAir)
hooks.register("register_icons", register_icons)
hooks.register("construct_homepage_panels", add_on_air_panel)
