"""
Entries as Atom (RFC 4287) and RSS 2.0 have them, with all their authors and photos.

Photos go by Media RSS (rssboard.org/media-rss), which both formats have room for: it
has words for the credit and for what is to be seen, where an enclosure has none.
"""

from __future__ import annotations

from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.xmlutils import SimplerXMLGenerator

from groundwave.delivery.feed_entries import FeedPhoto
from groundwave.delivery.tombstones import AtomWithTombstones


_MEDIA = {"xmlns:media": "http://search.yahoo.com/mrss/"}
_DUBLIN_CORE = {"xmlns:dc": "http://purl.org/dc/elements/1.1/"}


class AtomEntries(AtomWithTombstones):
    """Atom whose items have ``authors``, a ``body``, in HTML, and a ``photo``."""

    def root_attributes(self) -> dict[str, Any]:
        return super().root_attributes() | _MEDIA

    def add_item_elements(
        self, handler: SimplerXMLGenerator, item: dict[str, Any]
    ) -> None:
        super().add_item_elements(
            handler, item | {"description": item["description"] or None}
        )
        for name in item["authors"]:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", name)
            handler.endElement("author")
        if item["body"]:
            handler.addQuickElement("content", item["body"], {"type": "html"})
        _add_photo(handler, item["photo"])


class RssEntries(Rss201rev2Feed):
    """RSS of the same items; it knows one text of each, and that is the whole one."""

    def rss_attributes(self) -> dict[str, str]:
        attributes: dict[str, str] = super().rss_attributes()
        return attributes | _MEDIA | _DUBLIN_CORE

    def add_item_elements(
        self, handler: SimplerXMLGenerator, item: dict[str, Any]
    ) -> None:
        super().add_item_elements(handler, item | {"description": item["body"]})
        for name in item["authors"]:
            # Its own word for an author is an address of mail.
            handler.addQuickElement("dc:creator", name)
        _add_photo(handler, item["photo"])


def _add_photo(handler: SimplerXMLGenerator, photo: FeedPhoto | None) -> None:
    if photo is None:
        return
    shown = {
        "url": photo.url,
        "medium": "image",
        "type": "image/jpeg",
        "width": str(photo.width),
        "height": str(photo.height),
    }
    handler.startElement("media:content", AttributesImpl(shown))
    handler.addQuickElement("media:credit", photo.credit)
    # Feed readers take the description for what is said to those who do not see it.
    for name, words in (("title", photo.caption), ("description", photo.alt)):
        if words:
            handler.addQuickElement(f"media:{name}", words, {"type": "plain"})
    handler.endElement("media:content")
