"""How an editor chooses an event, or something that is counted of one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import (
    BaseChooseView,
    ChooseResultsView,
    ChooseView,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet


class EventChooserViewSet(ChooserViewSet):
    model = "newsroom.Event"
    icon = "warning"
    choose_one_text = _("Choose an event")
    choose_another_text = _("Choose another event")
    edit_item_text = _("Change this event")


class WithEvents(BaseChooseView):
    """Says of each count which event it is of: the same is counted of many."""

    ordering = ("-event", "sort_order")

    @property
    def columns(self) -> list[Column]:
        return [*super().columns, Column("event", label=_("Event"))]


class MetricChooseView(WithEvents, ChooseView):
    pass


class MetricChooseResultsView(WithEvents, ChooseResultsView):
    pass


class MetricChooserViewSet(ChooserViewSet):
    model = "newsroom.Metric"
    choose_view_class = MetricChooseView
    choose_results_view_class = MetricChooseResultsView
    icon = "table"
    choose_one_text = _("Choose what is counted")
    choose_another_text = _("Choose something else that is counted")


event_chooser = EventChooserViewSet("event_chooser")
metric_chooser = MetricChooserViewSet("metric_chooser")
MetricChooserBlock = metric_chooser.get_block_class(
    name="MetricChooserBlock", module_path="groundwave.newsroom.event_choosers"
)
