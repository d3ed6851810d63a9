"""
The fields of documents, assets and links, read as their classes declare them.

What is required and missing is reported and empty; what cannot be read is what the
field says it then is (``Field.unreadable``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from groundwave.wire.cds.fields import Field, Shape, fields_of, keys_of
from groundwave.wire.cds.grammar import Json, Part
from groundwave.wire.cds.link import Link
from groundwave.wire.cds.oddity import Odd, Report
from groundwave.wire.cds.pointer import place
from groundwave.wire.cds.rules import check_link, check_repeated, check_value, clean
from groundwave.wire.cds.values import (
    NOTHING,
    read_flag,
    read_instant,
    read_list,
    read_object,
    read_text,
    read_texts,
    read_whole,
    shown,
)


P = TypeVar("P", bound=Part)


@dataclass(frozen=True, slots=True)
class Context:
    """
    What is known of a document while it is read.

    Attributes:
        report: what was odd so far.
        kinds: the kind of each of its assets, by id.
    """

    report: Report = field(default_factory=Report)
    kinds: Mapping[str, str] = field(default_factory=dict)


def read_part(
    kind: type[P],
    raw: Mapping[str, Json],
    where: str,
    context: Context,
    /,
    **given: object,
) -> P:
    """Return a part of *kind*: its fields from *raw*, besides those that are *given*."""
    own = {
        spec.name: _field(spec, raw, where, context)
        for spec in fields_of(kind)
        if spec.name not in given
    }
    return kind(**own, **given)


def read_link(kind: type[Link], raw: Json, where: str, context: Context) -> Link | None:
    """Return a link of *kind*, or None if it leads nowhere; a text is taken for one."""
    if isinstance(raw, str):
        context.report.tell(where, Odd.WRONG_TYPE, shown(raw))
        raw = {"href": clean(raw)}
    href = raw.get("href") if isinstance(raw, dict) else raw
    if not isinstance(raw, dict) or _leads_nowhere(href):
        context.report.tell(where, Odd.NULL_LINK, shown(href))
        return None
    for key in unknown_keys(kind, raw):
        context.report.tell(place(where, key), Odd.EXTRA_FIELD, key)
    return read_part(kind, raw, where, context)


def _leads_nowhere(href: Json) -> bool:
    return not isinstance(href, str) or Link(href=clean(href)).leads_nowhere


def unknown_keys(kind: type[Part], raw: Mapping[str, Json]) -> list[str]:
    """Return the keys of *raw* that are none of the fields of *kind*, in order."""
    return sorted(raw.keys() - keys_of(kind))


def _field(
    spec: Field, raw: Mapping[str, Json], where: str, context: Context
) -> object:
    if spec.key not in raw:
        if spec.required:
            context.report.tell(where, Odd.MISSING, spec.key)
        return spec.empty
    where = place(where, spec.key)
    if raw[spec.key] is None:
        context.report.tell(where, Odd.EMPTY)
        return spec.empty
    value = _value(spec, raw[spec.key], where, context)
    if value is NOTHING:
        return spec.unreadable
    check_value(spec, value, where, context.report)
    return value


def _value(spec: Field, raw: Json, where: str, context: Context) -> object:
    match spec.shape:
        case Shape.TEXT:
            return read_text(raw, where, context.report)
        case Shape.FLAG:
            return read_flag(raw, where, context.report)
        case Shape.WHOLE:
            return read_whole(raw, spec.least, where, context.report)
        case Shape.INSTANT:
            return read_instant(raw, where, context.report)
        case Shape.TEXTS:
            return read_texts(raw, where, context.report)
        case Shape.OBJECT:
            return read_object(raw, where, context.report)
        case Shape.LINK:
            return _link(spec, raw, where, context)
        case Shape.LINKS:
            return _links(spec, raw, where, context)


def _links(spec: Field, raw: Json, where: str, context: Context) -> tuple[Link, ...]:
    links: list[Link] = []
    seen: set[object] = set()
    for at, item in read_list(raw, where, context.report):
        link = _link(spec, item, at, context)
        if link is not None:
            check_repeated(link, spec.links, seen, at, context.report)
            links.append(link)
    return tuple(links)


def _link(spec: Field, raw: Json, where: str, context: Context) -> Link | None:
    link = read_link(spec.link, raw, where, context)
    if link is not None:
        check_link(link, spec.links, context.kinds, where, context.report)
    return link
