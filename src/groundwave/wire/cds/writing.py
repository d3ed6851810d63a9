"""
From a document to its JSON.

Canonical: UTF-8, keys in order, no white space, instants in UTC, nothing that is
empty unless it is required. The same document is the same bytes.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

import msgspec

from groundwave.wire.cds import profiles
from groundwave.wire.cds.assets import Profiled
from groundwave.wire.cds.checking import faults
from groundwave.wire.cds.claims import wanted
from groundwave.wire.cds.document import Document
from groundwave.wire.cds.errors import NotAllowed
from groundwave.wire.cds.fields import fields_of
from groundwave.wire.cds.grammar import Json, Part
from groundwave.wire.cds.instants import instant
from groundwave.wire.cds.json_text import excess
from groundwave.wire.cds.oddity import Odd, Oddity
from groundwave.wire.cds.reading import LARGEST_DOCUMENT


_NEVER = frozenset({"embed"})
_Held: TypeAlias = Json | datetime | Part | tuple["_Held", ...]


def write(document: Document) -> bytes:
    """
    Return the JSON of *document*.

    Profiles, assets and fields that are not known here are written as they came;
    a link's ``embed`` is not.

    Raises:
        NotAllowed: if the network would refuse it, or could not send it back.
    """
    in_the_way = faults(document)
    if in_the_way:
        raise NotAllowed(in_the_way)
    raw = to_json(document)
    more = excess(raw)
    if more:
        raise NotAllowed((Oddity("", Odd.TOO_MANY, more),))
    data = msgspec.json.encode(raw, order="sorted")
    if len(data) > LARGEST_DOCUMENT:
        raise NotAllowed((Oddity("", Odd.TOO_MANY, f"{len(data):,} bytes"),))
    return data


def to_json(document: Document) -> dict[str, Json]:
    """Return *document* as JSON, whether it may be written or not."""
    present = wanted(document.kind, document.interfaces)
    raw = _profiled(document, document.kind, present)
    if document.assets:
        raw["assets"] = {
            name: _profiled(asset, asset.kind, frozenset())
            for name, asset in document.assets.items()
        }
    return raw


def _profiled(part: Profiled, kind: str, present: frozenset[str]) -> dict[str, Json]:
    links = [_profile(kind, "type"), _profile(profiles.BASE)]
    links += [_profile(name, "interface") for name in part.interfaces]
    return part.rest | _object(part, present) | {"id": part.id, "profiles": links}


def _profile(name: str, *rels: str) -> Json:
    link: dict[str, Json] = {"href": profiles.profile_href(name)}
    return link | {"rels": [*rels]} if rels else link


def _object(part: Part, present: frozenset[str]) -> dict[str, Json]:
    raw: dict[str, Json] = {}
    for spec in fields_of(type(part)):
        value: _Held = getattr(part, spec.name)
        is_there = spec.required or spec.key in present or value != spec.empty
        if is_there and spec.key not in _NEVER:
            raw[spec.key] = _value(value)
    return raw


def _value(value: _Held) -> Json:
    match value:
        case datetime():
            return instant(value)
        case Part():
            return _object(value, frozenset())
        case tuple():
            return [_value(item) for item in value]
        case _:
            return value
