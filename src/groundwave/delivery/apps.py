from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    name = "groundwave.delivery"
    label = "delivery"
    verbose_name = _("What the public meets")
