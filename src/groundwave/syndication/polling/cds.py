"""A service of documents as an upstream: NPR's, or that of another Groundwave."""

from __future__ import annotations

import hashlib
import re
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from django.utils.translation import gettext as _
from msgspec.structs import replace

from groundwave.newsroom.elsewhere import PLACES
from groundwave.outbound.client import Client
from groundwave.syndication.carrying.arrived import Arrived
from groundwave.syndication.from_cds.story import incoming_of
from groundwave.syndication.incoming import Incoming
from groundwave.syndication.models import Connection, Original
from groundwave.syndication.polling.asking import (
    LONGEST_ID,
    Came,
    Found,
    TakenBack,
    Unreadable,
)
from groundwave.syndication.polling.beside import fetched_for
from groundwave.syndication.polling.errors import UpstreamTrouble
from groundwave.syndication.polling.service import TOO_LARGE, Missing, Service
from groundwave.syndication.polling.sliding import (
    Page,
    Read,
    instant_of,
    read_one,
    sliding,
)
from groundwave.syndication.safe_html import plain
from groundwave.wire.cds.errors import NotCds
from groundwave.wire.cds.instants import LONG_AGO
from groundwave.wire.cds.query import By, Query, Sort, Span
from groundwave.wire.cds.query_reading import read_query
from groundwave.wire.cds.reading import Reading


FIRST = timedelta(days=1)
"""How far the first question goes back."""

OVERLAP = timedelta(minutes=15)
"""How far every other one goes back behind the last: for what comes late."""

AT_ONCE = 100
"""How many are asked for by id."""

_LONGEST_IDS = 5000
# Whole, in halves and in quarters: of whom nothing was had by then is not there.
_MOST_FAILED = 7
_SECONDS_OF_PATIENCE = 60.0
_PLAIN_ID = re.compile(r"[A-Za-z0-9_-]+")


class DocumentUpstream:
    """What a connection to a service of documents asks."""

    def __init__(self, connection: Connection, client: Client, now: datetime) -> None:
        self._connection, self._now = connection, now
        self._service = Service(connection, client)

    def changed(self, *, now: datetime) -> Iterator[Sequence[Came]]:
        """See ``Asks``; documents without a date of modification go by their own date."""
        query = _saved(self._connection)
        mark = self._connection.watermark
        begun = mark - OVERLAP if mark else now - FIRST
        seen: dict[tuple[str, str], None] = {}
        ask = self._service.documents
        span = Span(begun)
        for page in sliding(ask, query, By.MODIFIED, span, then=By.PUBLISHED):
            yield [*self._news(page, seen)]
            newest = _newest(page.documents, By.MODIFIED, now)
            if page.reaches != begun:
                beside = Span(begun, page.reaches)
                for other in sliding(ask, query, By.PUBLISHED, beside):
                    yield [*self._news(other, seen)]
                    newest = max(newest, _newest(other.documents, By.PUBLISHED, now))
            self._move(page.reaches or newest, now)
            begun = page.reaches or begun

    def again(self, ids: Sequence[str]) -> Mapping[str, Found]:
        """See ``Asks``."""
        reads = (read_one(raw) for raw in self._all_named(ids))
        found = [each for each in map(self._came, reads) if isinstance(each, Found)]
        # Nobody brings us a story that we have not asked for.
        return {each.about.id: each for each in found if each.about.id in ids}

    def one(self, id_: str) -> Arrived | None:
        """See ``Asks``."""
        raw = self._service.document(id_)
        if isinstance(raw, Missing):
            return None
        read = read_one(raw)
        if read.reading is None:
            raise UpstreamTrouble(read.problem)
        return self._whole(raw, read.reading)

    def look_for(self, original: Original) -> Came | None:
        """See ``Asks``."""
        answer = self._service.document(original.upstream_id)
        if not isinstance(answer, Missing):
            came = self._came(read_one(answer))
            is_other = isinstance(came, Found) and came.about.id != original.upstream_id
            return None if is_other else came
        words = _("%(name)s has no document of this id any more.")
        because = words % {"name": self._connection.name}
        return TakenBack(original.upstream_id, because, answer.is_certain)

    def _all_named(self, ids: Sequence[str]) -> list[bytes]:
        """Return what there is of *ids*; a part that fails is asked for in halves."""
        found: list[bytes] = []
        parts, failed, is_there = deque(_few(ids)), 0, False
        patient_until = time.monotonic() + _SECONDS_OF_PATIENCE
        while parts:
            few = parts.popleft()
            try:
                found += self._named(few)
                is_there = True
            except UpstreamTrouble as problem:
                failed += 1
                half = len(few) // 2
                parts.extend([few[:half], few[half:]] if half else [])
                is_late = problem.wait or time.monotonic() >= patient_until
                is_over = is_late or failed >= _MOST_FAILED or not parts
                if is_over and not is_there:
                    raise
                if is_late:
                    break
        return found

    def _named(self, ids: Sequence[str]) -> tuple[bytes, ...]:
        if len(ids) == 1 and not _PLAIN_ID.fullmatch(ids[0]):
            found = self._service.document(ids[0])
            return () if isinstance(found, Missing) else (found,)
        sort = (Sort(By.PUBLISHED, ascending=True),)
        query = Query(ids=tuple(ids), sort=sort, limit=len(ids))
        return self._service.documents(query)

    def _news(self, page: Page, seen: dict[tuple[str, str], None]) -> Iterator[Came]:
        """Yield what came that was not there on an earlier page."""
        crowd = [_crowded(page.crowd)] if page.crowd else []
        for came in [*map(self._came, page.documents), *crowd]:
            match came:
                case Found():
                    key = (came.about.id, came.fingerprint)
                case Unreadable() | TakenBack():
                    key = (came.id, "")
            if key not in seen:
                seen[key] = None
                yield came

    def _came(self, read: Read) -> Came:
        if read.reading is None:
            return _unreadable(read)
        document = read.reading.document
        title = plain(document.title, limit=255) or plain(document.id)
        if len(document.id) > LONGEST_ID:
            words = _("Its id is longer than any should be. Tell its origin.")
            return Unreadable(document.id[:LONGEST_ID], words, title)
        about = Incoming(
            id=document.id,
            kind=document.kind,
            title=title,
            canonical=document.canonical_url,
            owners=tuple(link.url for link in document.owners if link.url),
            restricted=document.restricted,
        )
        whole = partial(self._whole, read.raw, read.reading)
        return Found(about, read.reading.fingerprint, whole)

    def _whole(self, raw: bytes, reading: Reading) -> Arrived:
        beside = fetched_for(reading.document, self._service, self._now)
        incoming = incoming_of(reading.document, beside.fetched, places=PLACES)
        fingerprint = reading.fingerprint
        if beside.lacking:
            # Another one than that of the whole, so that it is asked for again.
            fingerprint = _digest(fingerprint, *beside.lacking)
        return Arrived(incoming, raw, fingerprint)

    def _move(self, to: datetime, now: datetime) -> None:
        """Move the watermark on; a clock that goes ahead moves it no further than now."""
        mark = self._connection.watermark or now - FIRST
        self._connection.watermark = max(mark, min(to, now))


def _saved(connection: Connection) -> Query:
    """Return which stories the connection wants; how they come is for us to say."""
    try:
        query = read_query(connection.query.strip().removeprefix("?"))
    except NotCds as problem:
        words = _("“Which stories” of this connection cannot be asked for: %(said)s")
        raise UpstreamTrouble(words % {"said": problem}) from problem
    return replace(query, transclude=())


def _newest(reads: Iterable[Read], by: By, now: datetime) -> datetime:
    """Return the last instant of *reads* that is past: clocks elsewhere may go ahead."""
    documents = (each.reading.document for each in reads if each.reading)
    moments = (instant_of(each, by) for each in documents)
    return max((at for at in moments if at and at <= now), default=LONG_AGO)


def _few(ids: Sequence[str]) -> Iterator[list[str]]:
    """Yield *ids* in parts that fit into one question; odd ones are alone."""
    few: list[str] = []
    for id_ in ids:
        if not _PLAIN_ID.fullmatch(id_):
            yield [id_]
            continue
        few.append(id_)
        if len(few) == AT_ONCE or sum(map(len, few)) > _LONGEST_IDS:
            yield few
            few = []
    if few:
        yield few


def _unreadable(read: Read) -> Unreadable:
    if read.raw == TOO_LARGE:
        words = _("A document is larger than any story is. Tell the service.")
        return Unreadable("too-large", words)
    words = _("A document cannot be read: %(said)s Tell the service.")
    name = f"unreadable-{_digest(read.raw.decode(errors='replace'))[:12]}"
    return Unreadable(name, words % {"said": read.problem})


def _crowded(at: datetime) -> Unreadable:
    words = _(
        "More than 2,000 stories are of one instant, %(at)s, which is more than can be "
        "asked for. Divide this connection into several, each with fewer stories."
    )
    return Unreadable(f"crowd-{at.isoformat()}", words % {"at": at.isoformat()})


def _digest(*words: str) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()
