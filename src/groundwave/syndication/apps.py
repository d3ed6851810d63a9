from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SyndicationConfig(AppConfig):
    name = "groundwave.syndication"
    label = "syndication"
    verbose_name = _("Syndication")

    def ready(self) -> None:
        from wagtail.signals import page_published

        from groundwave.newsroom.models import Story
        from groundwave.syndication.actions import aliases, following
        from groundwave.syndication.actions.told import follow_origin
        from groundwave.syndication.exchange import publishing

        page_published.connect(
            follow_origin, sender=Story, dispatch_uid="copies_follow_their_origin"
        )
        publishing.connect()
        following.connect()
        aliases.connect()
