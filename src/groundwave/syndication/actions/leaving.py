"""Taking down a story that its origin took back, and bringing it back with it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _, gettext_lazy

from groundwave.newsroom.actions.killing import kill, revive
from groundwave.newsroom.errors import AlreadyKilled
from groundwave.newsroom.models import Story, StoryKill
from groundwave.syndication.actions.outcomes import write_down
from groundwave.syndication.carrying.pictures import end_leases
from groundwave.syndication.carrying.sounds import end_recordings
from groundwave.syndication.models import Original, Outcome, Poll, What


_BACK = gettext_lazy(
    "Upstream has it again. It is a draft: find out why it was gone, and publish it if "
    "readers are to have it."
)
_BACK_AND_KILLED = gettext_lazy(
    "Upstream has it again. It was killed here as well, and stays so: revive it if "
    "readers are to have it."
)


def take_down(
    original: Original, *, because: str, now: datetime, poll: Poll | None = None
) -> Outcome | None:
    """
    Show our copy of *original* to nobody any more: its address answers 410 at once.

    Its pictures and sounds go with it. Local changes stay in its versions, at the desk.

    *because* is a sentence for the desk: what upstream did. Nothing is done, and None
    returned, if it was taken down before.
    """
    with transaction.atomic():
        locked = Original.objects.select_for_update().get(pk=original.pk)
        if locked.gone_at:
            return None
        locked.gone_at, locked.gone_because = now, because
        locked.publish_at = locked.check_due_at = None
        locked.save()
        if story := _story_of(locked):
            with suppress(AlreadyKilled):  # an editor was first, and said why
                _kill(story, locked, because, now)
        outcome = write_down(locked, What.GONE, said=[because], now=now, poll=poll)
    original.refresh_from_db()
    # Files last: whatever becomes of them, nobody is shown the story any more.
    end_leases(original, because=because, now=now)
    end_recordings(original, because=because, now=now)
    return outcome


@transaction.atomic
def bring_back(original: Original, *, now: datetime) -> Outcome:
    """
    Give our copy of *original*, which upstream has again, back to the desk as a draft.

    It is not published by itself: why it was gone is for an editor to find out. A kill
    of an editor's stays in force.
    """
    locked = Original.objects.select_for_update().get(pk=original.pk)
    kills = StoryKill.objects.in_force().filter(story=locked.story_id)
    story = _story_of(locked)
    if story and locked.gone_at and kills.filter(at=locked.gone_at, by=None).exists():
        revive(story, by=None, reason=_("Upstream has it again."), now=now)
    locked.gone_at, locked.gone_because = None, ""
    # What came meanwhile was not taken over.
    locked.fingerprint, locked.check_due_at = "", now
    locked.save()
    original.refresh_from_db()
    said = _BACK_AND_KILLED if kills.exists() else _BACK
    return write_down(original, What.BACK, said=[str(said)], now=now)


def _story_of(original: Original) -> Story | None:
    return Story.objects.filter(original=original).first()


def _kill(story: Story, original: Original, because: str, now: datetime) -> None:
    note = _("%(origin)s, whose story this was, has taken it back.")
    note %= {"origin": original.connection.origin}
    kill(story, by=None, reason=because, now=now, public_note=note)
