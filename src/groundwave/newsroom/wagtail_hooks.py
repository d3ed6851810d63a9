from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.slug import SlugInput

from groundwave.newsroom.admin.approvers import keep_approver, keep_approvers
from groundwave.newsroom.admin.event import EventViewSet
from groundwave.newsroom.admin.news_source import NewsSourceViewSet
from groundwave.newsroom.admin.story_editor import story_editor
from groundwave.newsroom.models import Story, Topic


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


class WhoSaysWhat(ViewSetGroup):
    menu_label = _("Who says what")
    menu_icon = "comment"
    menu_order = 96  # after the schedule
    items = (EventViewSet, NewsSourceViewSet)


hooks.register("register_admin_viewset", WhoSaysWhat)
hooks.register("before_delete_user", keep_approver)
hooks.register("before_bulk_action", keep_approvers)
hooks.register("register_admin_viewset", TopicViewSet)
