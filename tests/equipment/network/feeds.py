"""The same stories in full-text feeds, of which those that are gone say so in Atom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import format_datetime
from http import HTTPStatus
from json import dumps
from typing import Any
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from equipment.network.archive import Archive
from equipment.network.asked import Answer, refusal
from equipment.network.files import sound
from equipment.network.links import stamp
from equipment.network.telling import Telling, tellings


ENTRIES = 20
ATOM = "http://www.w3.org/2005/Atom"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"  # RFC 6721
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
NAME = "Far Shore Radio"
for prefix, namespace in (
    ("at", TOMBSTONES),
    ("content", CONTENT),
    ("dc", DUBLIN_CORE),
):
    register_namespace(prefix, namespace)
# What XML 1.0 cannot say at all.
UNSAYABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])
Gone = Mapping[str, datetime]


def feed_answer(path: str, archive: Archive, home: str) -> Answer:
    """Return ``/feeds/news.rss``, ``.atom`` or ``.json``."""
    name = path.rpartition(".")[2]
    if name not in WRITERS:
        return refusal(HTTPStatus.NOT_FOUND, f"There is no feed {path}")
    write, kind = WRITERS[name]
    body = write(tellings(archive)[:ENTRIES], archive.deleted, home)
    return Answer(body=body, kind=kind)


def _atom(stories: list[Telling], gone: Gone, home: str) -> bytes:
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    updated = max((each.updated for each in stories), default=EPOCH)
    _add(feed, "id", f"{home}/feeds/news.atom")
    _add(feed, "title", NAME)
    _add(feed, "updated", stamp(updated))
    _add(feed, "link", href=f"{home}/feeds/news.atom", rel="self")
    for each in stories:
        _atom_entry(feed, each)
    for name, at in gone.items():
        tomb = SubElement(feed, f"{{{TOMBSTONES}}}deleted-entry")
        tomb.attrib.update(ref=f"{home}/news/{name}/", when=stamp(at))
    return _written(feed)


def _atom_entry(feed: Element, story: Telling) -> None:
    entry = SubElement(feed, "entry")
    _add(entry, "id", story.url)
    _add(entry, "title", story.title)
    _add(entry, "link", href=story.url, rel="alternate", type="text/html")
    for name, kind in ((story.sound, "audio/mpeg"), (story.picture, "image/jpeg")):
        if name:
            _add(entry, "link", href=name, rel="enclosure", type=kind)
    for author in story.authors or [NAME]:
        _add(SubElement(entry, "author"), "name", author)
    _add(entry, "published", stamp(story.published))
    _add(entry, "updated", stamp(story.updated))
    _add(entry, "summary", story.summary)
    _add(entry, "content", story.html, type="html")


def _rss(stories: list[Telling], gone: Gone, home: str) -> bytes:
    feed = Element("rss", {"version": "2.0"})
    channel = SubElement(feed, "channel")
    _add(channel, "title", NAME)
    _add(channel, "link", f"{home}/")
    _add(channel, "description", "News from the islands")
    for story in stories:
        item = SubElement(channel, "item")
        _add(item, "title", story.title)
        _add(item, "link", story.url)
        _add(item, "guid", story.url, isPermaLink="true")
        _add(item, "pubDate", format_datetime(story.published))
        _add(item, "description", story.summary)
        for author in story.authors:
            _add(item, f"{{{DUBLIN_CORE}}}creator", author)
        _add(item, f"{{{CONTENT}}}encoded", story.html)
        if story.sound:
            _add(
                item,
                "enclosure",
                url=story.sound,
                type="audio/mpeg",
                length=str(len(sound())),
            )
    return _written(feed)


def _json(stories: list[Telling], gone: Gone, home: str) -> bytes:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": NAME,
        "home_page_url": f"{home}/",
        "feed_url": f"{home}/feeds/news.json",
        "items": [_item(each) for each in stories],
    }
    return dumps(feed).encode()


def _item(story: Telling) -> dict[str, Any]:
    sound = {"url": story.sound, "mime_type": "audio/mpeg"}
    return {
        "id": story.url,
        "url": story.url,
        "title": story.title,
        "summary": story.summary,
        "content_html": story.html,
        "authors": [{"name": each} for each in story.authors],
        "date_published": stamp(story.published),
        "date_modified": stamp(story.updated),
        **({"image": story.picture} if story.picture else {}),
        **({"attachments": [sound]} if story.sound else {}),
    }


def _add(parent: Element, name: str, text: str = "", **attributes: str) -> None:
    SubElement(parent, name, attributes).text = text.translate(UNSAYABLE)


def _written(feed: Element) -> bytes:
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True))


EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
Writer = Callable[[list[Telling], Gone, str], bytes]
WRITERS: dict[str, tuple[Writer, str]] = {
    "atom": (_atom, "application/atom+xml; charset=utf-8"),
    "rss": (_rss, "application/rss+xml; charset=utf-8"),
    "json": (_json, "application/feed+json"),
}
