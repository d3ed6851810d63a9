from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StationsConfig(AppConfig):
    name = "groundwave.stations"
    label = "stations"
    verbose_name = _("On air")
