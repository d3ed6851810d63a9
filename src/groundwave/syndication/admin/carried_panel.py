"""What an editor of a carried story is told above it: whose it is, and what differs."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel, TabbedInterface

from groundwave.syndication.admin.standing import Standing
from groundwave.syndication.models import Original


def above_the_story(editor: TabbedInterface) -> TabbedInterface:
    """Return *editor* with the panel as the first of its first tab."""
    editor.children[0].children.insert(0, CarriedPanel(heading=_("Carried")))
    return editor


class CarriedPanel(Panel):
    """
    Says it; whoever wants to choose is led to a page for that.

    A button in the form of a story would take what is being written away.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "syndication/admin/carried_panel.html"

        class Media:
            css: ClassVar = {"all": ["syndication/carrying.css"]}

        @cached_property
        def original(self) -> Original | None:
            if self.instance.pk is None:
                return None
            known = Original.objects.select_related(
                "connection", "story", "detached_by"
            )
            found: Original | None = known.filter(story=self.instance.pk).first()
            return found

        def is_shown(self) -> bool:
            return super().is_shown() and self.original is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            told: dict[str, Any] = super().get_context_data(parent_context)
            if self.original is None:
                return told
            return told | {
                "original": self.original,
                "standing": Standing(self.original),
            }
