"""Carrying one story because somebody pasted its address."""

from __future__ import annotations

from datetime import datetime

import structlog
from wagtail.log_actions import log as note

from groundwave.people.models import User
from groundwave.syndication.actions.arriving import take_over
from groundwave.syndication.errors import CameAlready
from groundwave.syndication.models import Connection, Original
from groundwave.syndication.polling.one_address import original_at
from groundwave.syndication.polling.passing_over import here_already
from groundwave.syndication.polling.timetable import SOON


IMPORTED = "syndication.import"

log = structlog.get_logger(__name__)


def import_story(
    connection: Connection, pasted: str, *, by: User, now: datetime
) -> Original:
    """
    Carry the story that *pasted*, an address or an id, is of; return its original.

    The connection's policy says what becomes of it, but for what it leaves out. One
    that somebody deleted here comes again: this is how it is asked for.

    Raises:
        CameAlready: another connection brought it.
        NoStoryThere: it leads to none that *connection* has.
        UpstreamTrouble: there is no answer.
    """
    arrived = original_at(connection, pasted, now=now)
    if sentence := here_already(arrived.incoming, connection):
        raise CameAlready(sentence)
    originals = connection.originals.filter(upstream_id=arrived.incoming.id)
    originals.filter(story=None).update(base={}, fingerprint="")
    take_over(connection, arrived, now=now)
    originals.carried().update(check_due_at=now + SOON)
    original: Original = originals.select_related("story").get()
    if original.story:
        note(instance=original.story, action=IMPORTED, user=by)
    log.info(IMPORTED, original=original.pk, by=by.pk)
    return original
