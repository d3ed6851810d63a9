"""Every text in a story that readers meet, and where it is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from wagtail.blocks import (
    Block,
    CharBlock,
    ListBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    TextBlock,
)

from groundwave.newsroom.models import Story


Where = tuple[str | int, ...]

FIELDS = (
    "eyebrow",
    "title",
    "dek",
    "lead_caption",
    "lead_alt",
    "seo_title",
    "search_description",
)
BODY = "body"


@dataclass(frozen=True)
class Passage:
    """One text, what its editor calls it, and the way to it."""

    where: Where
    label: str
    text: str
    is_rich: bool = False
    # Somebody else's words are not changed.
    is_quotation: bool = False
    # What a post of a live blog says was known at its time, and not later.
    is_dated: bool = False


def passages(story: Story) -> Iterator[Passage]:
    """Yield every text of *story* that is not empty, as a reader meets them."""
    for name in FIELDS:
        if text := getattr(story, name):
            yield Passage((name,), _label(name), text)
    yield from _in_block(_block(story), _raw_body(story), (BODY,))


def rewrite(story: Story, texts: Mapping[Where, str]) -> None:
    """Let *story*, which is not saved by this, have *texts* where they belong."""
    raw = _raw_body(story)
    for (name, *way), text in texts.items():
        if way:
            _put(raw, way, text)
        else:
            setattr(story, str(name), text)
    story.body = _block(story).to_python(raw)


def _label(name: str) -> str:
    if name == "title":
        return _("headline")
    return str(Story._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _block(story: Story) -> StreamBlock:
    return story.body.stream_block


def _raw_body(story: Story) -> list[Any]:
    # What has not been looked at yet is handed out as it is; nobody else's is changed.
    raw: list[Any] = deepcopy(_block(story).get_prep_value(story.body))
    return raw


def _in_block(block: Block, raw: Any, where: Where) -> Iterator[Passage]:
    match block:
        case StreamBlock():
            for at, each in enumerate(raw):
                if child := block.child_blocks.get(each["type"]):
                    within = _in_block(child, each["value"], (*where, at, "value"))
                    is_dated = each["type"] == "post"
                    yield from (
                        replace(found, is_dated=is_dated or found.is_dated)
                        for found in within
                    )
        case ListBlock():
            for at, each in enumerate(raw):
                way = (*where, at, "value")
                yield from _in_block(block.child_block, each["value"], way)
        case StructBlock():
            for name, child in block.child_blocks.items():
                yield from _in_block(child, raw.get(name), (*where, name))
        case RichTextBlock() | CharBlock() | TextBlock() if raw:
            yield _passage(block, raw, where)


def _passage(block: Block, raw: str, where: Where) -> Passage:
    return Passage(
        where,
        str(block.label),
        raw,
        is_rich=isinstance(block, RichTextBlock),
        is_quotation=block.name == "quote",
    )


def _put(raw: Any, way: list[str | int], text: str) -> None:
    *steps, last = way
    for step in steps:
        raw = raw[step]
    raw[last] = text
