"""
From JSON to a document and what is odd about it.

Places in the report are those of what came, not of what was made of it. Bounded:
bytes and depth before anything else, oddities in number; the work is linear.
"""

from __future__ import annotations

from dataclasses import dataclass

from groundwave.wire.cds import profiles
from groundwave.wire.cds.assets import Asset, Profiled, UnknownAsset
from groundwave.wire.cds.body import check_body
from groundwave.wire.cds.claims import check_asset_claims, check_claims, wanted
from groundwave.wire.cds.document import Document
from groundwave.wire.cds.errors import NotCds
from groundwave.wire.cds.fields import asset_kinds
from groundwave.wire.cds.grammar import Json
from groundwave.wire.cds.json_text import fingerprint, parse
from groundwave.wire.cds.link import Link
from groundwave.wire.cds.oddity import Odd, Oddity, Report
from groundwave.wire.cds.parts import Context, read_link, read_part, unknown_keys
from groundwave.wire.cds.pointer import place
from groundwave.wire.cds.rules import check_id, check_profiles, clean
from groundwave.wire.cds.values import (
    NOTHING,
    read_list,
    read_object,
    read_text,
    shown,
)


LARGEST_DOCUMENT = 4 << 20
"""In bytes; a long story with all its pictures is some fifty thousand."""


LONGEST_ID = 200
"""What an asset can be called; longer ones would stand in every place of a report."""


@dataclass(frozen=True, slots=True)
class Reading:
    """
    What was made of a document.

    Attributes:
        document: as much of it as could be read.
        oddities: what the grammar does not foresee, in the order it was found.
        fingerprint: the same as long as nothing but the service's own ``meta`` and
            ``embed`` has changed.
    """

    document: Document
    oddities: tuple[Oddity, ...]
    fingerprint: str


def read(data: bytes) -> Reading:
    """
    Return the document that *data* is, and what is odd about it.

    Raises:
        NotCds: if it is none: no JSON, no object, too large or too deep, without
            an id or without profiles.
    """
    return read_json(parse(data, LARGEST_DOCUMENT))


def read_json(raw: Json) -> Reading:
    """
    Return the document that *raw* is, such as a link's ``embed``.

    Raises:
        NotCds: as ``read`` does.
    """
    if not isinstance(raw, dict):
        raise NotCds("This is no document, for it is no object. Check the address.")
    if not isinstance(raw.get("profiles"), list):
        raise NotCds("This is no document, for it has no profiles. Check the address.")
    report = Report()
    document = _document(raw, report)
    check_claims(document, report)
    check_body(document, report)
    return Reading(document, report.oddities(), fingerprint(raw))


@dataclass(frozen=True, slots=True)
class _Profiles:
    """What a document or an asset says that it is, and that it has besides."""

    kind: str
    interfaces: tuple[str, ...]


def _document(raw: dict[str, Json], report: Report) -> Document:
    id_ = read_text(raw.get("id"), "/id", report)
    if id_ is NOTHING or not id_:
        raise NotCds("This is no document, for it has no id. Check the address.")
    check_id(id_, "/id", report)
    claimed = _profiles(raw, "", report)
    if claimed.kind and claimed.kind not in profiles.KNOWN:
        report.tell("/profiles", Odd.UNKNOWN_PROFILE, claimed.kind)
    assets = _assets(raw, report)
    context = Context(report, {name: asset.kind for name, asset in assets.items()})
    for key in sorted(wanted(claimed.kind, claimed.interfaces) - raw.keys()):
        report.tell("", Odd.MISSING, key)
    given = _given(id_, claimed, _rest(Document, raw, "", report))
    return read_part(
        Document, raw, "", context, kind=claimed.kind, assets=assets, **given
    )


def _assets(raw: dict[str, Json], report: Report) -> dict[str, Asset]:
    bags: dict[str, dict[str, Json]] = {}
    for name, bag in read_object(raw.get("assets", {}), "/assets", report).items():
        if len(name) > LONGEST_ID or name != clean(name):
            report.tell("/assets", Odd.BAD_ID, name)
        elif isinstance(bag, dict):
            bags[name] = bag
        else:
            report.tell(place("/assets", name), Odd.WRONG_TYPE, shown(bag))
    claimed = {
        name: _profiles(bag, place("/assets", name), report)
        for name, bag in bags.items()
    }
    context = Context(report, {name: claimed[name].kind for name in bags})
    return {
        name: _asset(name, bag, claimed[name], context) for name, bag in bags.items()
    }


def _asset(
    name: str, raw: dict[str, Json], claimed: _Profiles, context: Context
) -> Asset:
    where = place("/assets", name)
    check_id(name, where, context.report)
    if "id" not in raw:
        context.report.tell(where, Odd.MISSING, "id")
    elif raw["id"] != name:
        context.report.tell(place(where, "id"), Odd.OTHER_ID, shown(raw["id"]))
    kind = asset_kinds().get(claimed.kind, UnknownAsset)
    given = _given(name, claimed, _rest(kind, raw, where, context.report))
    if kind is UnknownAsset:
        context.report.tell(where, Odd.UNKNOWN_ASSET, claimed.kind or "none")
        given["kind"] = claimed.kind
    asset = read_part(kind, raw, where, context, **given)
    check_asset_claims(asset, where, context.report)
    return asset


def _given(id_: str, claimed: _Profiles, rest: dict[str, Json]) -> dict[str, object]:
    return {"id": id_, "interfaces": claimed.interfaces, "rest": rest}


def _rest(
    kind: type[Profiled], raw: dict[str, Json], where: str, report: Report
) -> dict[str, Json]:
    """Return the fields that *kind* does not have, which is news if it is known."""
    keys = unknown_keys(kind, raw)
    if kind is not UnknownAsset:
        for key in keys:
            report.tell(place(where, key), Odd.UNKNOWN_FIELD, key)
    return {key: raw[key] for key in keys}


def _profiles(raw: dict[str, Json], where: str, report: Report) -> _Profiles:
    """Return what the profiles of *raw* say; the first of two types holds."""
    if "profiles" not in raw:
        report.tell(where, Odd.MISSING, "profiles")
        return _Profiles("", ())
    where = place(where, "profiles")
    types: list[str] = []
    others: list[str] = []
    for at, item in read_list(raw["profiles"], where, report):
        link = read_link(Link, item, at, Context(report))
        if link is not None:
            names = types if "type" in link.rels else others
            names.append(profiles.profile_name(link.href))
    if len(types) != 1:
        report.tell(where, Odd.TYPES, ", ".join(types) or "none")
    kind = next(iter(types), "") or _guess(others)
    interfaces = dict.fromkeys(types[1:] + others)
    for told in (kind, profiles.BASE):
        interfaces.pop(told, None)
    check_profiles((kind, *interfaces), where, report)
    for name in interfaces:
        if name not in profiles.KNOWN:
            report.tell(where, Odd.UNKNOWN_PROFILE, name)
    return _Profiles(kind, tuple(interfaces))


def _guess(names: list[str]) -> str:
    """Return the name that can only be a type, where none is said to be one."""
    return next((n for n in names if n == "story" or n in asset_kinds()), "")
