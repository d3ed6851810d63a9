"""Links, and the files that are linked."""

from __future__ import annotations

import re
from typing import Annotated, TypeAlias
from urllib.parse import urlsplit

from groundwave.wire.cds.grammar import Json, Least, Part
from groundwave.wire.cds.pointer import fragment, tokens_of


Count: TypeAlias = Annotated[int | None, Least(1)]

_WEB = re.compile(r"https?://[^\x00-\x20\x7f][^\x00-\x1f\x7f]*", re.IGNORECASE)
_DOCUMENT = re.compile(r"/v1/documents/([A-Za-z0-9_-]+)", re.ASCII)
_SERVICE = re.compile(r"/v4/services/(s[0-9]+)/?", re.ASCII)
_NOWHERE = frozenset({"", "null", "undefined"})
_DOCUMENTS = "/v1/documents/"


class Link(Part, frozen=True, kw_only=True):
    """
    A link to an asset, to another document or out into the web.

    Attributes:
        href: as it came.
        rels: its names, in order.
        embed: what the service fetched for a query with ``transclude``, as it came;
            it is never written.
    """

    href: str
    rels: tuple[str, ...] = ()
    embed: dict[str, Json] = {}

    @property
    def asset_id(self) -> str:
        """The asset of the same document that this leads to; empty if to none."""
        tokens = tokens_of(self.href)
        is_asset = tokens is not None and len(tokens) == 2 and tokens[0] == "assets"
        return tokens[1] if tokens and is_asset else ""

    @property
    def document_id(self) -> str:
        """The document that this leads to, by path or whole address; empty if to none."""
        document = _DOCUMENT.fullmatch(_own_path(self.href))
        return document[1] if document and not self.leads_nowhere else ""

    @property
    def url(self) -> str:
        """The address in the web that this leads to; empty if to none."""
        return self.href if _path(self.href) else ""

    @property
    def service_id(self) -> str:
        """The station that this leads to, such as ``s999``; empty if to none."""
        service = _SERVICE.fullmatch(_path(self.href))
        return service[1] if service else ""

    @property
    def leads_nowhere(self) -> bool:
        """Whether this is a link that a program made out of nothing."""
        path = _own_path(self.href)
        name = path.removeprefix(_DOCUMENTS)
        return self.href.strip() in _NOWHERE or (name != path and name in _NOWHERE)


class ImageFile(Link, frozen=True, kw_only=True):
    """One cut of an image; ``href_template`` (RFC 6570) serves it in other widths."""

    type: str = ""
    width: Count = None
    height: Count = None
    href_template: str = ""


class AudioFile(Link, frozen=True, kw_only=True):
    """One encoding of an audio; ``file_size`` is in bytes."""

    type: str = ""
    file_size: int | None = None

    @property
    def is_premium(self) -> bool:
        """Whether it may be played and linked, but never stored."""
        return "premium" in self.rels


class VideoFile(Link, frozen=True, kw_only=True):
    """One encoding of a video."""

    type: str = ""
    width: Count = None
    height: Count = None


def to_asset(id_: str, *rels: str) -> Link:
    """Return a link to an asset of the same document."""
    return Link(href=fragment("assets", id_), rels=rels)


def to_document(id_: str, *rels: str) -> Link:
    """Return a link to another document of the same service."""
    return Link(href=f"{_DOCUMENTS}{id_}", rels=rels)


def _own_path(href: str) -> str:
    """Return *href* if it is a path of the same service, else the path it has."""
    return href if href.startswith("/") else _path(href)


def _path(href: str) -> str:
    """Return the path of an address in the web, ``/`` at least; empty if it is none."""
    if not _WEB.fullmatch(href):
        return ""
    try:
        address = urlsplit(href)
    except ValueError:  # brackets that hold no IPv6 address
        return ""
    return (address.path or "/") if address.hostname else ""
