"""Writing down what became of a story, once for as long as nothing else becomes of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import structlog

from groundwave.syndication.models import Connection, Original, Outcome, Poll, What


_LONGEST_TITLE = 255
# Of one outcome; who reads so many has understood.
_MOST_SENTENCES = 30

log = structlog.get_logger(__name__)


def write_down(
    original: Original,
    what: What,
    *,
    said: Iterable[str] = (),
    now: datetime,
    poll: Poll | None = None,
) -> Outcome:
    """
    Keep what became of *original*, with sentences for whoever asks.

    The same as last time is not told twice: the outcome of then is returned.
    """
    return write_down_of(
        original.connection,
        original.upstream_id,
        what,
        title=original.title,
        original=original,
        said=said,
        now=now,
        poll=poll,
    )


def write_down_of(
    connection: Connection,
    upstream_id: str,
    what: What,
    *,
    title: str = "",
    original: Original | None = None,
    said: Iterable[str] = (),
    now: datetime,
    poll: Poll | None = None,
) -> Outcome:
    """Do as ``write_down`` does for a story that may not have got as far as to be one."""
    sentences = list(dict.fromkeys(said))[:_MOST_SENTENCES]
    last = Outcome.objects.filter(
        connection=connection, upstream_id=upstream_id
    ).first()
    if last and (last.what, last.said) == (what, sentences) and what != What.UPDATED:
        return last
    log.info("story_carried", upstream=upstream_id, what=what.value)
    return Outcome.objects.create(
        connection=connection,
        upstream_id=upstream_id[:500],
        original=original,
        title=title[:_LONGEST_TITLE],
        what=what,
        said=sentences,
        at=now,
        poll=poll,
    )
