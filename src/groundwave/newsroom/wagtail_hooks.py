from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.slug import SlugInput

from groundwave.newsroom.admin.approvers import keep_approver, keep_approvers
from groundwave.newsroom.admin.breaking import breaking_item, breaking_urls
from groundwave.newsroom.admin.event import EventViewSet
from groundwave.newsroom.admin.figure_feature import register_figure
from groundwave.newsroom.admin.kept_stories import (
    keep_killed_from_copies,
    keep_stories,
    keep_stories_of_many,
)
from groundwave.newsroom.admin.killed_stories import (
    killed_stories_item,
    killed_story_actions,
    killed_story_urls,
    killing_buttons,
)
from groundwave.newsroom.admin.news_source import NewsSourceViewSet
from groundwave.newsroom.admin.story_editor import story_editor
from groundwave.newsroom.event_choosers import event_chooser, metric_chooser
from groundwave.newsroom.models import Story, StyleTerm, Topic
from groundwave.newsroom.person_chooser import person_chooser
from groundwave.newsroom.withdrawn_files import refuse_withdrawn_document


Story.edit_handler = story_editor()


class TopicViewSet(ModelViewSet):
    model = Topic
    name = "topics"
    icon = "tag"
    menu_label = _("Topics")
    add_to_admin_menu = True
    menu_order = 320
    copy_view_enabled = False
    list_display = ["name"]
    search_fields = ["name"]
    panels = [
        TitleFieldPanel("name", classname="", placeholder=False),
        FieldPanel("slug", widget=SlugInput),
    ]


class StyleTermViewSet(ModelViewSet):
    model = StyleTerm
    name = "style_terms"
    icon = "glasses"
    menu_label = _("Style list")
    add_to_admin_menu = True
    menu_order = 321
    copy_view_enabled = False
    list_display = ["say", "instead_of", "because"]
    search_fields = ["say", "instead_of"]
    panels = [FieldPanel("say"), FieldPanel("instead_of"), FieldPanel("because")]


class WhoSaysWhat(ViewSetGroup):
    menu_label = _("Who says what")
    menu_icon = "comment"
    menu_order = 96  # after the schedule
    items = (EventViewSet, NewsSourceViewSet)


hooks.register("register_admin_viewset", WhoSaysWhat)
hooks.register("register_rich_text_features", register_figure)
hooks.register("before_delete_user", keep_approver)
hooks.register("before_bulk_action", keep_approvers)
hooks.register("register_admin_viewset", TopicViewSet)
hooks.register("register_admin_viewset", lambda: event_chooser)
hooks.register("register_admin_viewset", lambda: metric_chooser)
hooks.register("register_admin_viewset", lambda: person_chooser)
hooks.register("register_admin_urls", killed_story_urls)
hooks.register("register_log_actions", killed_story_actions)
hooks.register("register_reports_menu_item", killed_stories_item)
hooks.register("register_page_header_buttons", killing_buttons)
hooks.register("register_page_listing_more_buttons", killing_buttons)
hooks.register("register_admin_urls", breaking_urls)
hooks.register("register_admin_menu_item", breaking_item)
hooks.register("register_admin_viewset", StyleTermViewSet)
hooks.register("before_copy_page", keep_killed_from_copies)
hooks.register("before_delete_page", keep_stories)
hooks.register("before_bulk_action", keep_stories_of_many)
hooks.register("before_serve_document", refuse_withdrawn_document)
