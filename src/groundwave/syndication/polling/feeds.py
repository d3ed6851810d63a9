"""
A feed as an upstream.

A feed has only the newest: that an entry is not in it any more says nothing. What is gone
is what the feed itself calls deleted, or whose page is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from http import HTTPStatus

from django.utils.translation import gettext as _

from groundwave.outbound.client import Answer, Client, Known, Limits
from groundwave.outbound.errors import OutboundError, Refused
from groundwave.syndication.carrying.arrived import Arrived
from groundwave.syndication.feeds.errors import NotAFeed
from groundwave.syndication.feeds.reading import LARGEST_FEED, read
from groundwave.syndication.feeds.values import Deleted, Entry, Feed
from groundwave.syndication.incoming import Incoming
from groundwave.syndication.models import Connection, Original
from groundwave.syndication.polling.asking import Came, Found, TakenBack
from groundwave.syndication.polling.entries import (
    arrived_of,
    fingerprint_of,
    id_of,
    short_id,
)
from groundwave.syndication.polling.errors import UpstreamTrouble
from groundwave.syndication.polling.service import wait_of


A_BATCH = 100

_ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, */*;q=0.5"
_FEED_LIMITS = Limits(length=LARGEST_FEED)
_PAGE_LIMITS = Limits(seconds=15)
_KEY_REFUSED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}


class FeedUpstream:
    """What a connection to a feed asks."""

    def __init__(self, connection: Connection, client: Client) -> None:
        self._connection, self._client = connection, client
        self._deleted: dict[str, TakenBack] = {}
        key = connection.key.strip()
        self._said = {"Authorization": f"Bearer {key}"} if key else {}

    def changed(self, *, now: datetime) -> Iterator[Sequence[Came]]:
        """See ``Asks``; a feed that has not changed is not read."""
        connection = self._connection
        known = Known(connection.etag, connection.last_modified)
        answer = self._fetch(known)
        if answer.is_unchanged:
            return
        came = [*self._came(self._read(answer))]
        for begin in range(0, len(came), A_BATCH):
            yield came[begin : begin + A_BATCH]
        connection.etag = answer.known.etag[:500]
        connection.last_modified = answer.known.last_modified[:200]
        connection.watermark = now

    def again(self, ids: Sequence[str]) -> Mapping[str, Found]:
        """See ``Asks``."""
        wanted = set(ids)
        came = [*self._came(self._read(self._fetch()))]
        self._deleted = {e.id: e for e in came if isinstance(e, TakenBack)}
        found = [each for each in came if isinstance(each, Found)]
        return {each.about.id: each for each in found if each.about.id in wanted}

    def one(self, id_: str) -> Arrived | None:
        """See ``Asks``; None as well if it has left the feed."""
        return self.entry(lambda entry: id_of(entry) == id_)

    def entry(self, wanted: Callable[[Entry], bool]) -> Arrived | None:
        """Return the first entry that is *wanted*; None if the feed has none."""
        feed = self._read(self._fetch())
        return next((self._whole(e) for e in feed.entries if wanted(e)), None)

    def look_for(self, original: Original) -> Came | None:
        """See ``Asks``; a page that was not found once may be there a minute later."""
        if deleted := self._deleted.get(original.upstream_id):
            return deleted
        if not original.canonical:
            raise UpstreamTrouble(_no_page(original))
        status = self._status_of(original.canonical)
        id_ = original.upstream_id
        match status:
            case HTTPStatus.GONE:
                return TakenBack(id_, _("Its page says that it is gone (410)."))
            case HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS:
                because = _("Its page is withheld for legal reasons (451).")
                return TakenBack(id_, because)
            case HTTPStatus.NOT_FOUND:
                because = _("Its page is not there any more (404).")
                return TakenBack(id_, because, is_certain=False)
            case _ if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
                return None
            case _:
                raise UpstreamTrouble(_not_told(original, status))

    def _came(self, feed: Feed) -> Iterator[Came]:
        entries = {entry.id: entry for entry in feed.entries}
        dead = {d.id for d in feed.deleted if _is_dead(d, entries.get(d.id))}
        for entry in feed.entries:
            if entry.id not in dead:
                yield self._found(entry)
        for id_ in dead:
            yield TakenBack(short_id(id_), _("Its feed says that it was deleted."))

    def _found(self, entry: Entry) -> Found:
        title = entry.title or entry.url
        about = Incoming(id=id_of(entry), title=title, canonical=entry.url)
        return Found(about, fingerprint_of(entry), partial(self._whole, entry))

    def _whole(self, entry: Entry) -> Arrived:
        kept = self._connection.originals.filter(upstream_id=id_of(entry))
        before = kept.values_list("raw", flat=True).first()
        return arrived_of(entry, bytes(before or b""))

    def _fetch(self, known: Known | None = None) -> Answer:
        try:
            answer = self._client.get(
                self._connection.address,
                headers=self._said,
                known=known,
                accept=_ACCEPT,
                limits=_FEED_LIMITS,
            )
        except OutboundError as problem:
            raise UpstreamTrouble(problem.sentence) from problem
        if answer.status in _KEY_REFUSED:
            raise UpstreamTrouble(self._refusal(answer.status))
        try:
            return answer.expect_success()
        except Refused as problem:
            raise UpstreamTrouble(problem.sentence, wait=wait_of(answer)) from problem

    def _refusal(self, status: int) -> str:
        words = _(
            "%(name)s refuses us (%(status)s). Check the key of this connection, or the "
            "user and password in its address."
        )
        return words % {"name": self._connection.name, "status": status}

    def _read(self, answer: Answer) -> Feed:
        try:
            return read(answer.body, answer.url)
        except NotAFeed as problem:
            raise UpstreamTrouble(problem.sentence) from problem

    def _status_of(self, url: str) -> int:
        """Return what a page answers; raise UpstreamTrouble if nobody does."""
        try:
            return self._client.get(url, limits=_PAGE_LIMITS).status
        except OutboundError as problem:
            raise UpstreamTrouble(problem.sentence) from problem


def _no_page(original: Original) -> str:
    words = _(
        "“%(story)s” has left its feed and has no page that could be asked for: whether "
        "its origin took it back you find out by yourself. Its pictures end soon."
    )
    return words % {"story": original}


def _not_told(original: Original, status: int) -> str:
    words = _(
        "The page of “%(story)s” does not tell us (%(status)s) whether the story is still "
        "there. Our copy stays, and is asked for again; see whether the page opens for "
        "readers, and take the copy down by hand if its origin took it back."
    )
    return words % {"story": original, "status": status}


def _is_dead(deleted: Deleted, entry: Entry | None) -> bool:
    """Whether what was deleted has not come back since."""
    if entry is None:
        return True
    if deleted.at is None:
        return False
    return entry.changed is None or entry.changed <= deleted.at
