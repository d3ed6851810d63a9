from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class ProgrammingConfig(AppConfig):
    name = "groundwave.programming"
    label = "programming"
    verbose_name = _("Programming")

    def ready(self) -> None:
        from groundwave.programming.actions.stations import follow_station
        from groundwave.stations.models import Station

        post_save.connect(
            follow_station, sender=Station, dispatch_uid="schedules_follow_stations"
        )
