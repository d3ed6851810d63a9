from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammingConfig(AppConfig):
    name = "groundwave.programming"
    label = "programming"
    verbose_name = _("Programming")
