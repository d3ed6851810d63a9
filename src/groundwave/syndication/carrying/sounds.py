"""
Sounds of upstream stories that their origin lets us keep, for as long as it does.

All others are played from where they are. So is one whose right ends some day: then
nothing of it is here to be heard a minute too long.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from django.db import models, transaction
from django.utils.translation import gettext as _

from groundwave.pages.models import Recording
from groundwave.syndication.carrying.origins import NotHad, Origins
from groundwave.syndication.carrying.rich_text import as_edited
from groundwave.syndication.carrying.sound_files import fetched_sound
from groundwave.syndication.incoming import Incoming, Sound
from groundwave.syndication.models import Original, SoundLease
from groundwave.syndication.rights import Policy, Treatment, verdict_on_sound


MOST = 10
"""Of one story; what has more is an archive."""

_LONGEST = 200

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Sounds:
    """
    What is kept of a story's sounds.

    Attributes:
        recordings: by the upstream id of each.
        said: why others are not among them that might be, in sentences for an editor.
        may_come: whether one of those may be there when it is asked for again.
    """

    recordings: Mapping[str, Recording] = field(default_factory=dict)
    said: tuple[str, ...] = ()
    may_come: bool = False


def recordings_for(
    original: Original, story: Incoming, policy: Policy, *, now: datetime
) -> Sounds:
    """
    Return the sounds of *story* that *policy* lets us keep, fetched if they are new here.

    What *original* had before and is not among them is gone when this returns. Do not
    call it in a transaction: other people's servers are waited for.
    """
    recordings: dict[str, Recording] = {}
    said: list[str] = []
    may_come = False
    origins = Origins()
    kept = {each.id: each for each in _to_keep(story, policy, now)}
    for theirs in list(kept.values())[:MOST]:
        name = (theirs.title or story.title)[:_LONGEST]
        try:
            recordings[theirs.id] = _recording_of(original, theirs, name, origins)
        except NotHad as trouble:
            said.append(str(trouble))
            may_come |= trouble.may_come
    if len(kept) > MOST:
        said.append(_too_many(len(kept)))
    gone = _leases(original).exclude(recording__in=recordings.values())
    _end_all(gone, "upstream has it no more")
    return Sounds(recordings, tuple(said), may_come)


def end_recordings(original: Original, *, because: str, now: datetime) -> None:
    """
    Keep none of its sounds any more: their files are gone, and their addresses say so.

    *because* stands in the machine's log.
    """
    _end_all(_leases(original), because)


def was_taken_back(file: str) -> bool:
    """Return whether a file of that name in our store was of somebody who took it back."""
    return SoundLease.objects.filter(file=file, recording=None).exists()


def _to_keep(story: Incoming, policy: Policy, now: datetime) -> Iterator[Sound]:
    if story.expires_at:
        return
    blocks = (each for each in story.blocks if isinstance(each, Sound))
    for sound in (*filter(None, [story.sound]), *blocks):
        verdict = verdict_on_sound(sound, policy, now=now)
        if verdict.treatment is Treatment.COPY and not sound.expires_at:
            yield sound


def _recording_of(
    original: Original, theirs: Sound, name: str, origins: Origins
) -> Recording:
    """Return our recording of *theirs*; raise NotHad."""
    credit = original.connection.origin
    transcript = as_edited(theirs.transcript) if theirs.transcript else ""
    facts = {"title": name, "credit": credit, "transcript": transcript}
    lease = _leases(original).filter(asset=theirs.id, url=theirs.url).first()
    if lease and lease.recording:
        return _brought_up_to_date(lease.recording, facts)
    with fetched_sound(theirs, name, origins) as (file, measured):
        recording = Recording(
            file=file,
            seconds=measured.seconds,
            media_type=measured.media_type,
            **facts,
        )
        with transaction.atomic():
            recording.save()
            SoundLease.objects.create(
                original=original,
                asset=theirs.id,
                url=theirs.url,
                recording=recording,
                file=recording.file.name or "",
            )
    return recording


def _brought_up_to_date(recording: Recording, facts: dict[str, str]) -> Recording:
    """Return *recording*, with what upstream says of it now."""
    if any(getattr(recording, name) != each for name, each in facts.items()):
        for name, each in facts.items():
            setattr(recording, name, each)
        recording.save()
    return recording


def _leases(original: Original) -> models.QuerySet[SoundLease]:
    leases = original.sound_leases.filter(recording__isnull=False)
    return leases.select_related("recording")


def _end_all(leases: Iterable[SoundLease], because: str) -> None:
    for lease in leases:
        log.info("sound_taken_back", recording=lease.recording_id, because=because)
        if lease.recording:
            lease.recording.delete()  # its file goes with it


def _too_many(count: int) -> str:
    return _(
        "The story has %(count)s sounds that we may keep, and %(most)s at most are kept. "
        "The others are played from their origin; nothing needs to be done."
    ) % {"count": count, "most": MOST}
