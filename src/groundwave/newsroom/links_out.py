"""Links of a story that lead elsewhere: which there are, and which lead nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django_tasks import task

from groundwave.newsroom.models.link_check import LinkCheck
from groundwave.outbound.client import Client, Limits
from groundwave.outbound.errors import OutboundError


if TYPE_CHECKING:
    from groundwave.newsroom.models.story import Story


# What answers today is taken to answer until tomorrow.
HOLDS = timedelta(days=1)
# Of one story; who links to more has links that lead somewhere.
MOST = 50
_LONGEST = 500
# A page that is larger is there, whatever is in it.
_LIMITS = Limits(seconds=10, length=1 << 20)
# It may take its time: nobody waits for it.
_AFTER_ALL_ELSE = -60


class LinkOut(NamedTuple):
    """An address elsewhere, and the words that lead there."""

    url: str
    words: str


def links_out(story: Story) -> list[LinkOut]:
    """Return those of the body, in its order; each address once."""
    found = _links_in(story.body.get_prep_value())
    once = {link.url: link for link in reversed(list(found))}
    return list(reversed(once.values()))[:MOST]


def dead_links_out(story: Story) -> Iterator[LinkOut]:
    """Yield those that led nowhere when they were followed last."""
    links = {link.url: link for link in links_out(story)}
    dead = set(
        LinkCheck.objects.dead().filter(url__in=links).values_list("url", flat=True)
    )
    return (link for url, link in links.items() if url in dead)


def have_links_followed(story: Story, *, now: datetime) -> None:
    """Let the worker follow those that nobody has followed lately."""
    urls = [link.url for link in links_out(story)]
    if due := LinkCheck.objects.ask_of(urls, now=now, since=now - HOLDS):
        # One at a time: whatever else waits for the worker goes first in between.
        for url in due:
            follow.enqueue(url)


@task(priority=_AFTER_ALL_ELSE)
def follow(url: str) -> None:
    """Follow it, and keep what it answers."""
    LinkCheck.objects.filter(url=url).update(status=_status_of(url))


def _status_of(url: str) -> int | None:
    client = Client(allowed=settings.GROUNDWAVE_OUTBOUND_ALLOW)
    try:
        return client.get(url, limits=_LIMITS).status
    except OutboundError:
        return None  # it may be on the other side's way, or on ours


def _links_in(value: Any) -> Iterator[LinkOut]:
    """Yield the links in what a body is stored as."""
    if isinstance(value, str) and "<a " in value:
        yield from _Anchors(value).found
    elif isinstance(value, dict):
        if isinstance(url := value.get("url"), str):
            yield from _elsewhere(url, str(value.get("title") or url))
        yield from _links_in_all(value.values())
    elif isinstance(value, list):
        yield from _links_in_all(value)


def _links_in_all(values: Iterable[Any]) -> Iterator[LinkOut]:
    for each in values:
        yield from _links_in(each)


def _elsewhere(url: str, words: str) -> Iterator[LinkOut]:
    if url.startswith(("http://", "https://")) and len(url) <= _LONGEST:
        yield LinkOut(url.partition("#")[0], words)


class _Anchors(HTMLParser):
    """The links of a rich text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[LinkOut] = []
        self._url, self._words = "", ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._url, self._words = dict(attrs).get("href") or "", ""

    def handle_data(self, data: str) -> None:
        self._words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.found += _elsewhere(self._url, " ".join(self._words.split()))
            self._url = ""
