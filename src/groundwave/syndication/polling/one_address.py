"""
A story by what somebody pasted: its address in a browser, or its id.

Pages of public radio tell the id of their document in one of two ways; those of NPR also
in their addresses.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from groundwave.outbound.client import Client, Limits
from groundwave.outbound.errors import OutboundError
from groundwave.syndication.carrying.arrived import Arrived
from groundwave.syndication.feeds.values import Entry
from groundwave.syndication.models import Connection
from groundwave.syndication.polling.cds import DocumentUpstream
from groundwave.syndication.polling.errors import NoStoryThere, UpstreamTrouble
from groundwave.syndication.polling.feeds import FeedUpstream
from groundwave.syndication.polling.upstreams import upstream_of
from groundwave.wire.cds.link import Link


_LIMITS = Limits(seconds=15, length=4 << 20)
# Where all of a page's head is.
_HEAD = 512 << 10
_ID = re.compile(r"[1-9][0-9]*(?:-[a-z0-9-]+)?|[a-z][a-z0-9]*-[a-z0-9-]+")
_NPR_PATH = re.compile(r"/\d{4}/\d\d/\d\d/(?:\d+/)?([a-z]+-s\d+-\d+|\d{6,})(?:/|$)")
_NPR = {"npr.org", "www.npr.org"}
_DATA_LAYER, _STORY_ID = "brightspot-datalayer", "story_id"


def original_at(connection: Connection, url: str, *, now: datetime) -> Arrived:
    """
    Return the story that *url*, an address or an id, is of.

    The connection's policy is not asked: somebody wants this very story.

    Raises:
        NoStoryThere: it leads to none that *connection* has.
        UpstreamTrouble: there is no answer.
    """
    pasted = url.strip()
    upstream = upstream_of(connection, now=now)
    match upstream:
        case DocumentUpstream():
            arrived = upstream.one(_document_id(pasted))
        case FeedUpstream():
            arrived = upstream.entry(lambda entry: _is_of(entry, pasted))
        case _:
            arrived = upstream.one(pasted)
    if arrived is None:
        raise NoStoryThere(_not_there(connection, pasted))
    return arrived


def _document_id(pasted: str) -> str:
    """Return the id that *pasted* is or leads to; raise NoStoryThere."""
    if _ID.fullmatch(pasted):
        return pasted
    if id_ := Link(href=pasted).document_id:
        return id_
    if _host(pasted) in _NPR and (found := _NPR_PATH.search(urlsplit(pasted).path)):
        return found[1]
    return _id_on_page(pasted)


def _id_on_page(url: str) -> str:
    client = Client(allowed=settings.GROUNDWAVE_OUTBOUND_ALLOW)
    try:
        answer = client.get(url, accept="text/html", limits=_LIMITS).expect_success()
    except OutboundError as problem:
        raise UpstreamTrouble(problem.sentence) from problem
    head = _Metas()
    head.feed(answer.body[:_HEAD].decode(errors="replace"))
    for id_ in (_id_in_data_layer(head.found), head.found.get(_STORY_ID, "").strip()):
        if _ID.fullmatch(id_):
            return id_
    raise NoStoryThere(
        _(
            "The page at %(url)s does not say which document it is of. Give the "
            "document's id instead; the network's own tools show it."
        )
        % {"url": url}
    )


def _id_in_data_layer(found: dict[str, str]) -> str:
    try:
        layer = json.loads(found.get(_DATA_LAYER, ""))
    except (ValueError, RecursionError):
        return ""
    id_ = layer.get("nprStoryId") if isinstance(layer, dict) else None
    return str(id_) if isinstance(id_, str | int) else ""


def _is_of(entry: Entry, pasted: str) -> bool:
    wanted = _plainly(pasted)
    return wanted in (_plainly(entry.url), _plainly(entry.id))


def _plainly(url: str) -> str:
    """Return an address without what makes no other page of it."""
    address = url.partition("#")[0].rstrip("/")
    return re.sub(r"^https?://(www\.)?", "", address, flags=re.IGNORECASE)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # brackets that hold no IPv6 address
        return ""


def _not_there(connection: Connection, pasted: str) -> str:
    if connection.speaks_cds:
        words = _(
            "%(name)s has no document for %(pasted)s. Check the address; the story may "
            "have been taken back."
        )
    else:
        words = _(
            "%(name)s has no entry for %(pasted)s now: a feed has only its newest. "
            "Choose another connection, or link to the story instead."
        )
    return words % {"name": connection.name, "pasted": pasted}


class _Metas(HTMLParser):
    """What the metas of a page say, by name; the first of each stands."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        name = said.get("name")
        if tag == "meta" and name:
            self.found.setdefault(name, said.get("content") or "")
