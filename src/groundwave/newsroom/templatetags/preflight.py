"""What the desk is told of a story before readers have it, for the editor's side panel."""

from __future__ import annotations

from django import template
from django.utils import timezone

from groundwave.newsroom.figure_warnings import figure_warnings
from groundwave.newsroom.links_out import have_links_followed
from groundwave.newsroom.models import Story
from groundwave.newsroom.preflight import Finding
from groundwave.newsroom.story_preflight import findings


register = template.Library()


@register.simple_tag
def preflight(page: object) -> list[Finding] | None:
    """Return what is to be said of a story, what keeps it back first; None of other pages."""
    if not isinstance(page, Story):
        return None
    now = timezone.now()
    have_links_followed(page, now=now)
    found = [*findings(page, now=now), *map(Finding, figure_warnings(page, now))]
    return sorted(found, key=lambda each: not each.is_blocking)
