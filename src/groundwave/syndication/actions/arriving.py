"""
Taking over a story from upstream, and every later version of it.

Laws:

* What must not be shown is not kept, and what is taken back upstream is taken down here.
* A story that readers have stays live while it is updated; a refused update leaves what
  they have and is tried again.
* What an editor wrote is never lost: a newer draft stays one, brought up to date.
* The same version twice is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from groundwave.newsroom.models import Story
from groundwave.pages.index_tasks import indexed_once
from groundwave.syndication.actions.coming import (
    VERSION_FIELDS,
    Coming,
    note_version,
    publish,
    remember,
)
from groundwave.syndication.actions.leaving import bring_back, take_down
from groundwave.syndication.actions.outcomes import write_down
from groundwave.syndication.actions.renewing import renew
from groundwave.syndication.carrying.arrived import Arrived
from groundwave.syndication.carrying.body import Media
from groundwave.syndication.carrying.pictures import photos_for
from groundwave.syndication.carrying.sounds import recordings_for
from groundwave.syndication.carrying.stories import (
    section_for,
    slug_for,
    topics_for,
    version_from,
)
from groundwave.syndication.carrying.versions import (
    assets_of,
    put,
    version_of,
)
from groundwave.syndication.incoming import Incoming, Related
from groundwave.syndication.models import (
    Arrival,
    Connection,
    Original,
    Outcome,
    Poll,
    What,
)
from groundwave.syndication.rights import Treatment, permitted, verdicts


Raw = dict[str, Any]


def take_over(
    connection: Connection, arrived: Arrived, *, now: datetime, poll: Poll | None = None
) -> Outcome | None:
    """
    Make *arrived* a story of ours by the connection's policy, or bring ours up to date.

    Returns:
        What became of it; None if nothing changed.
    """
    original = _original(connection, arrived, now)
    if _is_known(original, arrived):
        return None
    if arrived.incoming.restricted:
        return _withhold(original, arrived, now=now, poll=poll)
    if original.gone_at and original.story:
        bring_back(original, now=now)
    if original.story is None and original.base:
        return _leave_out(original, arrived, now=now, poll=poll)
    seen = _seen(original)
    story = permitted(arrived.incoming, connection.policy, now=now)
    media, about_media, may_come = _media(original, story, now)
    notes = [
        *arrived.said,
        *_sentences(arrived.incoming, connection, now),
        *about_media,
    ]
    with transaction.atomic(), indexed_once():
        locked = _locked(original)
        if _seen(locked) != seen:
            return None  # somebody else brought one meanwhile, and perhaps a later one
        if may_come:
            # Not all of it is here: it is no version that is known, and comes again.
            arrived = replace(arrived, fingerprint="")
        coming = Coming(
            locked, arrived, story, version_from(story, media), notes, now, poll
        )
        return renew(coming) if locked.story_id else _begin(coming)


def _original(connection: Connection, arrived: Arrived, now: datetime) -> Original:
    found, _created = Original.objects.select_related(
        "story", "connection"
    ).get_or_create(
        connection=connection,
        upstream_id=arrived.incoming.id,
        defaults={"arrived_at": now, "title": arrived.incoming.title},
    )
    return found


def _seen(original: Original) -> tuple[str, datetime | None]:
    """Return what says that nobody has touched it since."""
    return original.fingerprint, original.gone_at


def _is_known(original: Original, arrived: Arrived) -> bool:
    is_same = original.fingerprint == arrived.fingerprint
    return is_same and original.gone_at is None


def _locked(original: Original) -> Original:
    """Return *original* as it is now, and what its connection wants now."""
    alone = Original.objects.select_for_update(of=("self",))
    return alone.select_related("connection__section").get(pk=original.pk)


def _withhold(
    original: Original, arrived: Arrived, *, now: datetime, poll: Poll | None
) -> Outcome | None:
    note_version(original, replace(arrived, raw=b""), now)
    original.save(update_fields=VERSION_FIELDS)
    because = _("Its origin has restricted it to others.")
    if original.story and not original.gone_at:
        return take_down(original, because=because, now=now, poll=poll)
    return write_down(original, What.SKIPPED, said=[because], now=now, poll=poll)


def _leave_out(
    original: Original, arrived: Arrived, *, now: datetime, poll: Poll | None
) -> Outcome:
    """Leave it where an editor put it: in the bin."""
    note_version(original, arrived, now)
    original.save(update_fields=VERSION_FIELDS)
    because = _(
        "Somebody here deleted our copy, so that it does not come back. Import it by its "
        "address if readers are to have it after all."
    )
    return write_down(original, What.SKIPPED, said=[because], now=now, poll=poll)


def _media(
    original: Original, story: Incoming, now: datetime
) -> tuple[Media, list[str], bool]:
    """
    Fetch what is to be kept of its media, before anything is locked.

    Returns:
        What is here, what an editor is told of it, and whether more may come later.
    """
    policy = original.connection.policy
    photos = photos_for(original, story, policy, now=now)
    sounds = recordings_for(original, story, policy, now=now)
    media = Media(
        {asset: photo.pk for asset, photo in photos.photos.items()},
        {asset: kept.pk for asset, kept in sounds.recordings.items()},
        _stories_known(original, story),
    )
    may_come = photos.may_come or sounds.may_come
    return media, [*photos.said, *sounds.said], may_come


def _stories_known(original: Original, story: Incoming) -> dict[str, int]:
    ids = [e.upstream_id for e in story.blocks if isinstance(e, Related)]
    carried = Original.objects.carried().filter(
        connection=original.connection, upstream_id__in=filter(None, ids)
    )
    return dict(carried.values_list("upstream_id", "story_id"))


def _sentences(story: Incoming, connection: Connection, now: datetime) -> Iterator[str]:
    """Yield what an editor is told of what is not there."""
    for verdict in verdicts(story, connection.policy, now=now):
        if verdict.treatment is Treatment.HIDE:
            yield verdict.sentence
    for left_out in story.left_out:
        yield left_out.sentence


def _begin(coming: Coming) -> Outcome:
    original, connection = coming.original, coming.original.connection
    section = section_for(coming.story, connection)
    story = Story(live=False, slug=slug_for(coming.story.title, section))
    put(coming.version, story)
    story.topics.set(topics_for(coming.story, connection))
    section.add_child(instance=story)
    original.story, original.check_due_at = story, coming.now
    remember(coming, version_of(story, assets_of(coming.version)))
    return _arrive(coming, story)


def _arrive(coming: Coming, story: Story) -> Outcome:
    original, connection = coming.original, coming.original.connection
    # Of a summary nobody but an editor makes a story.
    arrival = connection.arrival if coming.arrived.is_whole else Arrival.DRAFT
    if arrival == Arrival.PUBLISH:
        return _publish_first(coming, story)
    story.save_revision(log_action=False)
    if arrival == Arrival.DRAFT:
        return coming.told(What.DRAFTED)
    original.publish_at = coming.now + connection.hold
    original.save(update_fields=["publish_at"])
    return coming.told(What.HELD)


def _publish_first(coming: Coming, story: Story) -> Outcome:
    reasons = publish(story)
    if not reasons:
        return coming.told(What.PUBLISHED)
    # As it is kept: in memory it has a version that was taken back.
    Story.objects.get(pk=story.pk).save_revision(log_action=False)
    return coming.told(What.REFUSED, said=reasons)
