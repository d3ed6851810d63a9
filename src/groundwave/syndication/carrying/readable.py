"""What a field or a block of a story says, in lines that a person can compare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy
from wagtail.blocks import Block, ListBlock, RichTextBlock, StructBlock
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import get_text_for_indexing

from groundwave.newsroom.models.blocks import StoryBlocks
from groundwave.pages.models import Recording
from groundwave.photos.models import Photo
from groundwave.syndication.carrying.versions import Raw


_ENDS = re.compile(r"</(?:p|h[1-6]|li|blockquote)>|<br ?/?>", re.IGNORECASE)

FIELD_LABELS = {
    "title": gettext_lazy("Headline"),
    "dek": gettext_lazy("Dek"),
    "lead_photo": gettext_lazy("Lead photo"),
    "lead_alt": gettext_lazy("What is to be seen on the lead photo"),
    "lead_caption": gettext_lazy("Caption of the lead photo"),
    "recording": gettext_lazy("Audio"),
    "bylines": gettext_lazy("Bylines"),
}


def field_in_words(name: str, raw: Any) -> str:
    """Return what a field of ``versions.FIELDS`` says; empty if it says nothing."""
    if not raw:
        return ""
    match name:
        case "lead_photo":
            return _title(Photo.objects.filter(pk=raw).first())
        case "recording":
            return _title(Recording.objects.filter(pk=raw).first())
        case "bylines":
            return ", ".join(raw)
        case _:
            return str(raw)


def block_in_words(raw: Raw | None) -> str:
    """Return what a block says, a line each; empty for none."""
    if raw is None:
        return ""
    block = _blocks().child_blocks.get(raw["type"])
    if block is None:
        return str(raw["value"])
    return "\n".join(_lines(block, block.to_python(raw["value"])))


def _lines(block: Block, value: Any) -> Iterator[str]:
    match block:
        case RichTextBlock():
            yield from _paragraphs(value.source)
        case ImageBlock():
            yield from filter(None, (_title(value), _alt(value)))
        case StructBlock():
            for name, child in block.child_blocks.items():
                yield from _named(child, value.get(name))
        case ListBlock():
            for each in value:
                yield from _lines(block.child_block, each)
        case _ if value not in (None, "", False):
            yield _("yes") if value is True else str(value)


def _named(block: Block, value: Any) -> Iterator[str]:
    lines = list(_lines(block, value))
    if len(lines) == 1 and not isinstance(block, RichTextBlock | StructBlock):
        yield f"{str(block.label).capitalize()}: {lines[0]}"
    else:
        yield from lines


def _paragraphs(html: str) -> Iterator[str]:
    text = get_text_for_indexing(_ENDS.sub(r"\g<0>\n", html))
    yield from filter(None, (line.strip() for line in text.splitlines()))


def _alt(image: Any) -> str:
    return str(getattr(image, "contextual_alt_text", "") or "")


def _title(thing: Any) -> str:
    return str(thing) if thing is not None else _("one that is not here any more")


@cache
def _blocks() -> StoryBlocks:
    return StoryBlocks()
