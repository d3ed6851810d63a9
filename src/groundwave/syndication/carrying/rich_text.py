"""Rich text as Wagtail's editor keeps it, so that opening and saving changes nothing."""

from __future__ import annotations

import re
from functools import cache

from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from groundwave.newsroom.models.blocks import TEXT_FEATURES


# The editor gives each paragraph a new one whenever it is opened.
_KEYS = re.compile(r' data-block-key="[^"]*"')


def as_edited(html: str) -> str:
    """Return *html* as it would be kept however often somebody opened and saved it."""
    # A space at the end of a line may be lost the second time only.
    return _opened_and_saved(_opened_and_saved(html))


def without_keys(html: str) -> str:
    """Return *html* without what the editor remembers paragraphs by."""
    return _KEYS.sub("", html)


def _opened_and_saved(html: str) -> str:
    converter = _converter()
    kept: str = converter.to_database_format(converter.from_database_format(html))
    return without_keys(kept)


@cache
def _converter() -> ContentstateConverter:
    return ContentstateConverter(features=TEXT_FEATURES)
