from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    name = "groundwave.delivery"
    label = "delivery"
    verbose_name = _("What the public meets")

    def ready(self) -> None:
        from groundwave.delivery.schedule_news import tell_open_pages
        from groundwave.programming.actions.telling import schedule_changed

        schedule_changed.connect(tell_open_pages, dispatch_uid="tell_open_pages")
