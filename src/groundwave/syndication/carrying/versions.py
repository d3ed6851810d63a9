"""
A story of ours as a version that can be merged: its fields, and its body block by block.

A block is told from another one as a reader would: what the editor only remembers it by
makes no difference.
"""

from __future__ import annotations

import json
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.blocks import StreamValue

from groundwave.newsroom.models import Byline, Role, Story
from groundwave.syndication.carrying.rich_text import without_keys
from groundwave.syndication.merging import Part, Version


FIELDS = ("title", "dek", "lead_photo", "lead_alt", "lead_caption", "recording")
"""What upstream says of a story besides its body and who wrote it."""

Raw = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Value:
    """
    A field or a block of a story, equal to another one that reads the same.

    Attributes:
        plain: what it says, as JSON.
        raw: how a stream field keeps it; a field's own value.
    """

    plain: str
    raw: Any = field(compare=False, hash=False)


def version_of(story: Story, upstream: Container[str]) -> Version[Value]:
    """
    Return *story* as it stands.

    Args:
        story: with its body and its bylines.
        upstream: the ids of the blocks that came from upstream; all others are ours.
    """
    named = {name: _field(story, name) for name in FIELDS}
    named["bylines"] = _names_of(list(story.bylines.all()))
    raw = stream_of(story.body)
    body = tuple(
        Part(block_value(each), each["id"] if each["id"] in upstream else "")
        for each in raw
    )
    return Version({name: field_value(value) for name, value in named.items()}, body)


def put(version: Version[Value], story: Story) -> None:
    """Make *story*, unsaved, what *version* says; what it does not say is left empty."""
    for name in FIELDS:
        value = version.fields.get(name)
        _set(story, name, value.raw if value else None)
    bylines = version.fields.get("bylines")
    _name_authors(story, bylines.raw if bylines else [])
    story.body = json.dumps(
        [part.value.raw for part in version.body], cls=DjangoJSONEncoder
    )


def stream_of(body: StreamValue) -> list[Raw]:
    """Return *body* as it is kept, each block with its id."""
    kept = json.dumps(list(body.get_prep_value()), cls=DjangoJSONEncoder)
    found: list[Raw] = json.loads(kept)
    return found


def block_value(raw: Raw) -> Value:
    """Return a block as what it says."""
    said = {"type": raw["type"], "value": _readable(raw["value"])}
    return Value(json.dumps(said, sort_keys=True), raw)


def field_value(value: Any) -> Value:
    """Return a field as what it says."""
    return Value(json.dumps(value, sort_keys=True), value)


def stored(version: Version[Value]) -> Raw:
    """Return *version* as JSON that ``restored`` reads."""
    return {
        "fields": {name: value.raw for name, value in version.fields.items()},
        "body": [
            {"asset": part.asset, "block": part.value.raw} for part in version.body
        ],
    }


def restored(kept: Raw) -> Version[Value]:
    """Return the version that was ``stored``; of nothing an empty one."""
    fields = {name: field_value(raw) for name, raw in kept.get("fields", {}).items()}
    body = tuple(
        Part(block_value(each["block"]), each["asset"]) for each in kept.get("body", [])
    )
    return Version(fields, body)


def assets_of(version: Version[Value]) -> frozenset[str]:
    """Return the ids of the blocks of *version* that are upstream's."""
    return frozenset(part.asset for part in version.body if part.asset)


def _field(story: Story, name: str) -> Any:
    if name in ("lead_photo", "recording"):
        return getattr(story, f"{name}_id")
    return getattr(story, name)


def _set(story: Story, name: str, value: Any) -> None:
    if name in ("lead_photo", "recording"):
        setattr(story, f"{name}_id", value)
    else:
        setattr(story, name, value or "")


def _names_of(bylines: list[Byline]) -> list[str]:
    return [each.name for each in bylines if each.role == Role.REPORTER]


def _name_authors(story: Story, names: list[str]) -> None:
    """Let *names* be its reporters; those whom we know here stay who they are."""
    here = list(story.bylines.all())
    if _names_of(here) == names:
        return
    known = {each.name: each for each in here if each.role == Role.REPORTER}
    others = [each for each in here if each.role != Role.REPORTER]
    reporters = [known.get(name) or Byline(guest=name) for name in names]
    for at, byline in enumerate([*reporters, *others]):
        byline.sort_order = at
    story.bylines.set([*reporters, *others])


def _readable(value: Any) -> Any:
    """Return *value* without what the editor remembers its parts by."""
    match value:
        case str():
            return without_keys(value)
        case list():
            return [_readable(each) for each in value]
        case {"type": "item", "value": item}:
            return _readable(item)
        case dict():
            return {name: _readable(each) for name, each in value.items()}
        case _:
            return value
