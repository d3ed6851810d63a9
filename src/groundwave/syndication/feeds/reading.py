"""From bytes to a feed, whichever of the three it is."""

from __future__ import annotations

import re

from groundwave.syndication.feeds import atom, json_feed, rss
from groundwave.syndication.feeds.draft import entries_of
from groundwave.syndication.feeds.elements import ATOM, BASE, text_in
from groundwave.syndication.feeds.errors import NotAFeed, Why
from groundwave.syndication.feeds.fields import Reader
from groundwave.syndication.feeds.oddity import Odd, Report
from groundwave.syndication.feeds.values import Feed
from groundwave.syndication.feeds.xml_tree import read_tree


LARGEST_FEED = 8 << 20
"""In bytes; a hundred long stories are some two million."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_PAGE = re.compile(rb"\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_BEGINNING = 4096


def read(data: bytes, url: str = "") -> Feed:
    """
    Return the feed that *data*, which came from *url*, is.

    What the server called it does not matter: many call feeds something else.

    Raises:
        NotAFeed: it is none, is too large, or could do harm.
    """
    if len(data) > LARGEST_FEED:
        raise NotAFeed(Why.TOO_LARGE, LARGEST_FEED)
    report = Report()
    # What a query holds may be a secret, and no address relative to it needs it.
    reader = Reader(report, base=url.partition("?")[0])
    data = data.removeprefix(_BYTE_ORDER_MARK)
    if data.lstrip()[:1] in (b"{", b"["):
        return _read_json(data, reader)
    if _PAGE.match(data[:_BEGINNING]):
        raise NotAFeed(Why.A_PAGE)
    if b"<" not in data[:_BEGINNING]:
        raise NotAFeed(Why.NEITHER)
    return _read_xml(data, reader)


def _read_json(data: bytes, reader: Reader) -> Feed:
    feed = json_feed.read_json(data)
    json_feed.check_version(feed, reader)
    return Feed(
        title=json_feed.title_of(feed, reader),
        home=json_feed.home_of(feed, reader),
        entries=entries_of(json_feed.drafts(feed, reader), reader.report),
        deleted=(),
        oddities=reader.report.oddities(),
    )


def _read_xml(data: bytes, reader: Reader) -> Feed:
    root, cleaned = read_tree(data)
    if cleaned:
        reader.tell(Odd.BAD_TEXT)
    reader = reader.at(root.get(BASE))
    channel = root.find("channel")
    if root.tag == "rss" and channel is not None:
        title, home = (
            reader.line_of_either(text_in(channel, "title")),
            rss.home_of(channel, reader),
        )
        drafts, parent = rss.drafts(channel, reader), channel
    elif root.tag == f"{ATOM}feed":
        title, home = atom.title_of(root, reader), atom.home_of(root, reader)
        drafts, parent = atom.drafts(root, reader), root
    else:
        raise NotAFeed(Why.A_PAGE if root.tag.endswith("html") else Why.NEITHER)
    deleted = atom.deleted_in(parent, reader)
    entries = entries_of(drafts, reader.report)
    return Feed(title, home, entries, deleted, reader.report.oddities())
