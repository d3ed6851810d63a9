"""Figures in words, for templates."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.translation import gettext as _
from wagtail.blocks import StructValue

from groundwave.newsroom.event_tables import box_tables
from groundwave.newsroom.figures.known import Known
from groundwave.newsroom.figures.quantity import Spread
from groundwave.newsroom.figures.standing import Said, Status
from groundwave.newsroom.figures.words import spread_words
from groundwave.newsroom.models import Event, Story


register = template.Library()


@register.filter
def in_words(spread: Spread) -> str:
    return spread_words(spread)


@register.filter
def is_unverified(tables: Iterable[Known]) -> bool:
    """Whether all of it is only what somebody says."""
    statuses = [row.said.status for table in tables for row in table.rows]
    return bool(statuses) and Status.VERIFIED not in statuses


@register.simple_tag
def figure_boxes(
    box: StructValue, story: Story
) -> list[tuple[Event, tuple[Known, ...]]]:
    """Return the events that *box* of *story* tells of, each with its tables."""
    chosen = [metric for metric in box["counted"] if metric]
    return box_tables(chosen, story.event)


@register.simple_tag
def status_words(said: Said) -> str:
    """Return what is thought of a figure, and why, if it is more than reported."""
    words = {
        Status.CORROBORATED: _("corroborated: %(reason)s"),
        Status.VERIFIED: _("verified by us: %(reason)s"),
        Status.DISPUTED: _("disputed: %(reason)s"),
    }
    return words.get(said.status, "") % {"reason": said.reason}
