from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    name = "groundwave.delivery"
    label = "delivery"
    verbose_name = _("What the public meets")

    def ready(self) -> None:
        from wagtail.images import get_image_model

        from groundwave.delivery.darkroom import develop_saved
        from groundwave.delivery.schedule_news import tell_open_pages
        from groundwave.programming.actions.telling import schedule_changed

        schedule_changed.connect(tell_open_pages, dispatch_uid="tell_open_pages")
        post_save.connect(
            develop_saved, sender=get_image_model(), dispatch_uid="develop_saved"
        )
