"""
A figure within rich text: ``<a linktype="figure" uid="…">at least 32</a>``.

The words are kept, and readers get them whatever becomes of the figure. What is looked
up when the text is shown is only whether they lead to its table.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.utils.html import format_html
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    InlineEntityElementHandler,
)
from wagtail.rich_text import LinkHandler

from groundwave.newsroom.figures.pinned import LINKTYPE
from groundwave.newsroom.figures.standing import Status
from groundwave.newsroom.models import Figure


ENTITY = "FIGURE"
Attributes = dict[str, Any]


class FigureLink(LinkHandler):
    """Leads readers from a figure's words to the event's table, if that is public."""

    identifier = LINKTYPE

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[Attributes]) -> list[str]:
        public = Figure.objects.filter(
            uid__in=filter(None, map(uid_of, attrs_list)),
            metric__event__is_public=True,
        )
        figures = public.select_related("metric__event").prefetch_related("statuses")
        found: dict[uuid.UUID | None, Figure] = {each.uid: each for each in figures}
        return [_opening(found.get(uid_of(attrs))) for attrs in attrs_list]


class FigureElementHandler(InlineEntityElementHandler):
    """Takes a figure from the database into the editor, as one piece."""

    mutability = "IMMUTABLE"

    def __init__(self) -> None:
        super().__init__(ENTITY)

    def get_attribute_data(self, attrs: Attributes) -> Attributes:
        return {"uid": attrs.get("uid", "")}


def figure_element(props: Attributes) -> Any:
    """Return what the editor hands back as the database keeps it."""
    uid = uid_of(props)
    if uid is None:
        return props["children"]
    pinned = {"linktype": FigureLink.identifier, "uid": str(uid)}
    return DOM.create_element("a", pinned, props["children"])


def uid_of(attrs: Attributes) -> uuid.UUID | None:
    """Return which figure it is, if what is written there can be one."""
    try:
        return uuid.UUID(str(attrs.get("uid")))
    except ValueError:
        return None


CONVERSION = {
    "from_database_format": {f'a[linktype="{LINKTYPE}"]': FigureElementHandler()},
    "to_database_format": {"entity_decorators": {ENTITY: figure_element}},
}


def _opening(figure: Figure | None) -> str:
    if figure is None or figure.status is Status.RETRACTED:
        return "<a>"
    url = f"{figure.metric.event.get_absolute_url()}#figure-{figure.uid}"
    return format_html('<a class="figure-words" href="{}">', url)
