"""What documents are made of: links, instants, addresses."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, unquote


Document = dict[str, Any]
Link = dict[str, Any]
# Stands in documents for the network's own address, until it is known.
HOME = "https://network.example"
TYPE = "type"


def link(href: str, *rels: str, **facts: Any) -> Link:
    return {"href": href, **({"rels": list(rels)} if rels else {}), **facts}


def service(name: str) -> str:
    """Return the address of somebody who owns or brands documents."""
    return f"{HOME}/v4/services/{name}"


def pointer(asset_id: str) -> str:
    """Return a JSON Pointer (RFC 6901) to an asset of the same document."""
    escaped = asset_id.replace("~", "~0").replace("/", "~1")
    return f"#/assets/{escaped}"


def asset_of(document: Document, href: object) -> Document | None:
    """Return what a pointer means, if it is one that means anything."""
    if not isinstance(href, str) or not href.startswith("#/assets/"):
        return None
    name = unquote(href.removeprefix("#/assets/"))
    name = name.replace("~1", "/").replace("~0", "~")
    found = document.get("assets", {}).get(name)
    return found if isinstance(found, dict) else None


def id_in(href: object) -> str:
    """Return the last part of an address: a document's id, a profile's name."""
    return href.rpartition("/")[2] if isinstance(href, str) else ""


def ids_in(links: Iterable[Link]) -> list[str]:
    return [id_in(each.get("href")) for each in links]


def profiles_of(document: Document) -> list[str]:
    return ids_in(document.get("profiles", ()))


def kind_of(document: Document) -> str:
    """Return the name of the profile that says what a document is, or nothing."""
    kinds = (
        each for each in document.get("profiles", ()) if TYPE in each.get("rels", ())
    )
    return next((id_in(each["href"]) for each in kinds), "")


def stamp(at: datetime) -> str:
    """Return an instant as documents have it: RFC 3339, in UTC."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def instant(stamped: object) -> datetime | None:
    """Return when a document says; what is no instant of any zone is as if left out."""
    try:
        at = datetime.fromisoformat(stamped) if isinstance(stamped, str) else None
    except ValueError:
        return None
    return at if at and at.tzinfo else None


def rehomed(document: Document, url: str) -> Document:
    """Return a document with *url* wherever it says HOME, quoted or not."""
    told = json.dumps(document)
    for each in (HOME, url), (quote(HOME, safe=""), quote(url, safe="")):
        told = told.replace(*each)
    return dict(json.loads(told))
