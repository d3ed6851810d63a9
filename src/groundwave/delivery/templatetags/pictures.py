"""Pictures on a page: in several sizes, of which a browser fetches one."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from wagtail.images.models import AbstractRendition


register = template.Library()


@register.filter
def srcset(renditions: Iterable[AbstractRendition]) -> str:
    """
    Return *renditions* as ``srcset`` has them, each width once.

    A small picture is not blown up, and has one width for several sizes.
    """
    by_width = {each.width: each.url for each in renditions}
    return ", ".join(f"{url} {width}w" for width, url in by_width.items())
