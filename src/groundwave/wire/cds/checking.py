"""
What is in the way of writing a document.

The rules are those that reading reports by; here they are held against values that
may have been made by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from groundwave.wire.cds import profiles
from groundwave.wire.cds.assets import Profiled, UnknownAsset
from groundwave.wire.cds.body import check_body
from groundwave.wire.cds.claims import check_asset_claims, check_claims
from groundwave.wire.cds.document import Document
from groundwave.wire.cds.fields import (
    Field,
    Shape,
    asset_kinds,
    fields_of,
    keys_of,
)
from groundwave.wire.cds.grammar import Part
from groundwave.wire.cds.instants import instant
from groundwave.wire.cds.link import Link
from groundwave.wire.cds.oddity import Odd, Oddity, Report
from groundwave.wire.cds.pointer import place
from groundwave.wire.cds.rules import (
    LARGEST_NUMBER,
    check_id,
    check_link,
    check_profiles,
    check_repeated,
    check_value,
    clean,
)


def faults(document: Document) -> tuple[Oddity, ...]:
    """Return all that the network would refuse about *document*; empty if nothing."""
    report = Report()
    kinds = {name: asset.kind for name, asset in document.assets.items()}
    _check_profiled(document, document.kind, kinds, "", report)
    for name, asset in document.assets.items():
        where = place("/assets", name)
        if asset.id != name:
            report.tell(place(where, "id"), Odd.OTHER_ID, asset.id)
        if isinstance(asset, UnknownAsset) and asset.kind in asset_kinds():
            report.tell(where, Odd.WRONG_ASSET, asset.kind)
        _check_profiled(asset, asset.kind, kinds, where, report)
        check_asset_claims(asset, where, report)
    check_claims(document, report)
    check_body(document, report)
    return report.oddities()


def _check_profiled(
    part: Profiled, kind: str, kinds: Mapping[str, str], where: str, report: Report
) -> None:
    check_id(part.id, where or "/id", report)
    _check_profiles(part, kind, place(where, "profiles"), report)
    _check_fields(part, kinds, where, report)
    for key in sorted(part.rest.keys() & keys_of(type(part))):
        report.tell(place(where, key), Odd.REPEATED, key)


def _check_profiles(part: Profiled, kind: str, where: str, report: Report) -> None:
    if not kind:
        report.tell(where, Odd.TYPES, "none")
    check_profiles((kind, *part.interfaces), where, report)
    seen = {profiles.BASE, kind}
    for name in part.interfaces:
        if name in seen:
            report.tell(where, Odd.REPEATED, name)
        seen.add(name)


def _check_fields(
    part: Part, kinds: Mapping[str, str], where: str, report: Report
) -> None:
    for spec in fields_of(type(part)):
        value: object = getattr(part, spec.name)
        _check_field(spec, value, kinds, place(where, spec.key), report)


def _check_field(
    spec: Field, value: object, kinds: Mapping[str, str], where: str, report: Report
) -> None:
    check_value(spec, value, where, report)
    match value:
        case str():
            _check_text(value, where, report)
        case datetime():
            _check_instant(value, where, report)
        case int() if spec.shape is Shape.WHOLE:
            if not spec.least <= value <= LARGEST_NUMBER:
                report.tell(where, Odd.BAD_NUMBER, str(value))
        case Link():
            _check_link(spec, value, kinds, where, report)
        case tuple():
            _check_items(spec, value, kinds, where, report)
        case _:
            pass  # true or false, nothing, or what the service itself had written


def _check_items(
    spec: Field,
    items: tuple[Link | str, ...],
    kinds: Mapping[str, str],
    where: str,
    report: Report,
) -> None:
    seen: set[object] = set()
    for index, item in enumerate(items):
        at = place(where, index)
        if isinstance(item, Link):
            _check_link(spec, item, kinds, at, report)
            check_repeated(item, spec.links, seen, at, report)
        else:
            _check_text(item, at, report)


def _check_link(
    spec: Field, link: Link, kinds: Mapping[str, str], where: str, report: Report
) -> None:
    if link.leads_nowhere:
        report.tell(where, Odd.NULL_LINK, link.href)
    check_link(link, spec.links, kinds, where, report)
    _check_fields(link, kinds, where, report)


def _check_text(text: str, where: str, report: Report) -> None:
    if clean(text) != text:
        report.tell(where, Odd.BAD_TEXT)


def _check_instant(moment: datetime, where: str, report: Report) -> None:
    if moment.utcoffset() is None:
        report.tell(where, Odd.NO_ZONE, str(moment))
        return
    try:
        instant(moment)
    except OverflowError:  # the last hours of the year 9999, west of Greenwich
        report.tell(where, Odd.BAD_TIME, str(moment))
