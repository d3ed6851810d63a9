from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

# It says what the editor of a story is, to which ours adds a panel.
import groundwave.newsroom.wagtail_hooks  # noqa: F401
from groundwave.newsroom.models import Story
from groundwave.syndication.admin.carried_form import CarriedStoryForm
from groundwave.syndication.admin.carried_panel import above_the_story
from groundwave.syndication.admin.choosing_photos import without_photos_of_others
from groundwave.syndication.admin.coming import CarriedStoriesViewSet
from groundwave.syndication.admin.connections import ConnectionViewSet
from groundwave.syndication.admin.copies import (
    keep_carried_aliases,
    keep_carried_from_copies,
)
from groundwave.syndication.admin.history import carrying_log_actions
from groundwave.syndication.admin.kept_sections import (
    keep_sections,
    keep_sections_of_many,
)
from groundwave.syndication.admin.networks import NetworkViewSet
from groundwave.syndication.admin.partners import PartnerViewSet
from groundwave.syndication.admin.waiting import add_waiting_panel


Story.edit_handler = above_the_story(Story.edit_handler)
Story.edit_handler.base_form_class = CarriedStoryForm


class Carrying(ViewSetGroup):
    menu_label = _("Carrying")
    menu_icon = "download"
    menu_order = 98  # after the breaking banner
    items = (
        CarriedStoriesViewSet,
        ConnectionViewSet,
        NetworkViewSet,
        PartnerViewSet,
    )


hooks.register("register_admin_viewset", Carrying)
hooks.register("register_log_actions", carrying_log_actions)
hooks.register("construct_homepage_panels", add_waiting_panel)
hooks.register("before_delete_page", keep_sections)
hooks.register("before_bulk_action", keep_sections_of_many)
hooks.register("construct_image_chooser_queryset", without_photos_of_others)
hooks.register("before_copy_page", keep_carried_from_copies)
hooks.register("before_convert_alias_page", keep_carried_aliases)
