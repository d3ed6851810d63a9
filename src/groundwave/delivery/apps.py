from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    name = "groundwave.delivery"
    label = "delivery"
    verbose_name = _("What the public meets")

    def ready(self) -> None:
        from wagtail.images import get_image_model
        from wagtail.models import PageViewRestriction
        from wagtail.signals import page_published, page_unpublished

        from groundwave.delivery.breaking import tell_of_banners
        from groundwave.delivery.darkroom import develop_saved
        from groundwave.delivery.schedule_news import tell_open_pages
        from groundwave.delivery.story_news import (
            tell_of_stories_under,
            tell_once_committed,
        )
        from groundwave.newsroom.actions.banners import banners_changed
        from groundwave.newsroom.models import Story
        from groundwave.programming.actions.telling import schedule_changed

        banners_changed.connect(tell_of_banners, dispatch_uid="tell_of_banners")
        schedule_changed.connect(tell_open_pages, dispatch_uid="tell_open_pages")
        for changed in (page_published, page_unpublished):
            changed.connect(
                tell_once_committed, sender=Story, dispatch_uid="tell_of_stories"
            )
        for changed in (post_save, post_delete):
            changed.connect(
                tell_of_stories_under,
                sender=PageViewRestriction,
                dispatch_uid="tell_of_what_is_for_few",
            )
        post_save.connect(
            develop_saved, sender=get_image_model(), dispatch_uid="develop_saved"
        )
