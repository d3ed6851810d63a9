from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "groundwave.pages"
    label = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from django.db.models.signals import post_delete

        from groundwave.pages.lost_files import forget_file_of
        from groundwave.pages.models import Recording

        post_delete.connect(
            forget_file_of, sender=Recording, dispatch_uid="forget_file_of"
        )
