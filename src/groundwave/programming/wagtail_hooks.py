from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from groundwave.programming.admin.recording import OwnRecordingViewSet
from groundwave.programming.admin.show import (
    DefaultShowViewSet,
    EpisodeViewSet,
    ShowViewSet,
)
from groundwave.programming.admin.slot import SlotViewSet
from groundwave.programming.admin.week import WeekViewSet


class Schedule(ViewSetGroup):
    menu_label = _("Schedule")
    menu_icon = "calendar-alt"
    menu_order = 95  # after the air
    items = (
        WeekViewSet,
        ShowViewSet,
        EpisodeViewSet,
        SlotViewSet,
        DefaultShowViewSet,
    )


hooks.register("register_admin_viewset", Schedule)
hooks.register("register_admin_viewset", OwnRecordingViewSet)
