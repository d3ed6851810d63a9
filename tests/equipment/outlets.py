"""
What a story's outlets say of its changes and of its event's figures, in one shape.

A page, a feed and its data each have a form of their own; here they can be compared.
Instants are to the second, as pages have them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree

from bs4 import BeautifulSoup, Tag


ATOM = {"": "http://www.w3.org/2005/Atom"}
AUTHOR = "{http://purl.org/dc/elements/1.1/}creator"
SENTENCE = re.compile(r"(.+), according to (.+), as of ")


@dataclass(frozen=True)
class Change:
    """One that readers are told of."""

    label: str
    text: str
    at: datetime


@dataclass(frozen=True)
class Count:
    """What somebody says of something."""

    who: str
    words: str
    as_of: datetime


@dataclass(frozen=True)
class Facts:
    """What stands at the head of a story; RSS has no word for when it was updated."""

    headline: str
    authors: tuple[str, ...]
    published: datetime
    updated: datetime | None


class StoryPage:
    """A story's page, as it was fetched, or as it stands in somebody's browser."""

    def __init__(self, html: str) -> None:
        self._soup = BeautifulSoup(html, "html.parser")

    @property
    def facts(self) -> Facts:
        published, updated = self._soup.select(".story__times time")
        return Facts(
            headline=_text(_one(self._soup, "h1")),
            authors=tuple(_text(each) for each in self._soup.select("[rel=author]")),
            published=_time(published),
            updated=_time(updated),
        )

    @property
    def changes(self) -> list[Change]:
        return [_change(each) for each in self._soup.select(".updates__one")]

    @property
    def counts(self) -> set[Count]:
        return {
            Count(_text(_one(row, "th")), _words(_one(row, "td")), _instant_of(row))
            for row in self._soup.select(".figures__table tbody tr")
        }

    @property
    def pinned(self) -> dict[str, str]:
        """The figures within its sentences: what each is called, and its words."""
        links = self._soup.select("a.figure-words")
        return {_figure_name(str(link["href"])): _text(link) for link in links}

    @property
    def data(self) -> LinkedData:
        (script,) = self._soup.select("script[type='application/ld+json']")
        return LinkedData(json.loads(script.text)["@graph"])


class LinkedData:
    """What the page tells machines: an article, claims and observations."""

    def __init__(self, graph: list[dict[str, Any]]) -> None:
        (self._article,) = (each for each in graph if each["@type"] == "NewsArticle")
        self._authors = {
            each["@id"]: each["author"]["name"]
            for each in graph
            if each["@type"] == "Claim"
        }
        self._observed = [each for each in graph if each["@type"] == "Observation"]

    @property
    def facts(self) -> Facts:
        told = self._article
        return Facts(
            headline=told["headline"],
            authors=tuple(each["name"] for each in told["author"]),
            published=_instant(told["datePublished"]),
            updated=_instant(told["dateModified"]),
        )

    @property
    def corrections(self) -> list[tuple[str, datetime]]:
        return [
            (each["text"], _instant(each["datePublished"]))
            for each in self._article["correction"]
        ]

    @property
    def counts(self) -> set[Count]:
        return {
            Count(
                self._authors[each["subjectOf"]["@id"]],
                each["description"],
                _instant(each["observationDate"]),
            )
            for each in self._observed
        }

    @property
    def bounds(self) -> dict[str, tuple[float | None, float | None]]:
        """The numbers, at least and at most, by what their figure is called."""
        return {
            _figure_name(each["subjectOf"]["@id"]): (
                each.get("minValue"),
                each.get("maxValue"),
            )
            for each in self._observed
        }


class Figures:
    """An event's figures as data, of which only those that stand are looked at."""

    def __init__(self, told: str) -> None:
        figures = json.loads(told)["figures"]
        self.standing = {each["id"]: each for each in figures if each["stands"]}

    @property
    def counts(self) -> set[Count]:
        return {
            Count(each["source"], each["words"], _instant(each["as_of"]))
            for each in self.standing.values()
        }

    @property
    def bounds(self) -> dict[str, tuple[float | None, float | None]]:
        return {
            name: (each["low"], each["high"]) for name, each in self.standing.items()
        }


@dataclass(frozen=True)
class FeedEntry:
    """A story in a feed: its facts, and its text."""

    facts: Facts
    html: str

    @property
    def first(self) -> str:
        """What it begins with."""
        return _text(_one(BeautifulSoup(self.html, "html.parser"), "p"))

    @property
    def counts(self) -> set[Count]:
        items = BeautifulSoup(self.html, "html.parser").select("li")
        found = ((item, SENTENCE.match(_text(item))) for item in items)
        return {
            Count(said[2], said[1], _instant_of(item)) for item, said in found if said
        }


def changes_listed(html: str) -> list[Change]:
    """Return what the page of corrections has."""
    soup = BeautifulSoup(html, "html.parser")
    return [_change(each) for each in soup.select("ol.found > li")]


def changes_fed(feed: str) -> list[Change]:
    """Return what the feed of corrections has; a title says kind and headline."""
    return [
        Change(
            _found(each, "title").partition(":")[0],
            _found(each, "summary"),
            _instant(_found(each, "updated")),
        )
        for each in ElementTree.fromstring(feed).findall("entry", ATOM)
    ]


def changes_in_json(feed: str) -> list[Change]:
    (item,) = json.loads(feed)["items"]
    return [
        Change(each["kind"].capitalize(), each["text"], _instant(each["at"]))
        for each in item["_groundwave"]["updates"]
    ]


def in_atom(feed: str) -> FeedEntry:
    """Return the only story of an Atom feed."""
    (entry,) = ElementTree.fromstring(feed).findall("entry", ATOM)
    facts = Facts(
        headline=_found(entry, "title"),
        authors=tuple(_texts(entry.findall("author/name", ATOM))),
        published=_instant(_found(entry, "published")),
        updated=_instant(_found(entry, "updated")),
    )
    return FeedEntry(facts, _found(entry, "content"))


def in_rss(feed: str) -> FeedEntry:
    """Return the only story of a feed of RSS."""
    (item,) = ElementTree.fromstring(feed).iter("item")
    facts = Facts(
        headline=_found(item, "title"),
        authors=tuple(_texts(item.findall(AUTHOR))),
        published=parsedate_to_datetime(_found(item, "pubDate")),
        updated=None,
    )
    return FeedEntry(facts, _found(item, "description"))


def in_json(feed: str) -> FeedEntry:
    """Return the only story of a JSON Feed."""
    (item,) = json.loads(feed)["items"]
    facts = Facts(
        headline=item["title"],
        authors=tuple(each["name"] for each in item["authors"]),
        published=_instant(item["date_published"]),
        updated=_instant(item["date_modified"]),
    )
    return FeedEntry(facts, item["content_html"])


def _change(item: Tag) -> Change:
    text = item.select("p")[1]
    return Change(_text(_one(item, "strong")), _text(text), _instant_of(item))


def _words(cell: Tag) -> str:
    """Return a figure without what is thought of it."""
    return str(next(cell.stripped_strings))


def _figure_name(address: str) -> str:
    return address.partition("#figure-")[2]


def _found(parent: ElementTree.Element, name: str) -> str:
    text = parent.findtext(name, namespaces=ATOM) or parent.findtext(name)
    assert text, f"no {name}"
    return text


def _texts(found: Iterable[ElementTree.Element]) -> list[str]:
    return [each.text or "" for each in found]


def _one(parent: Tag, selector: str) -> Tag:
    found = parent.select_one(selector)
    assert found, f"no {selector}"
    return found


def _text(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def _instant_of(parent: Tag) -> datetime:
    return _time(_one(parent, "time"))


def _time(tag: Tag) -> datetime:
    return _instant(str(tag["datetime"]))


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(microsecond=0)
