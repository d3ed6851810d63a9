"""When each story that we carry is asked for again: the newer, the sooner."""

from __future__ import annotations

from datetime import datetime, timedelta

from groundwave.syndication.models import Original


SOON = timedelta(minutes=5)

MISSED = timedelta(hours=1)
"""Between two looks for a story that was not there."""

_NEW, _RECENT = timedelta(hours=6), timedelta(hours=72)
_OFTEN = timedelta(minutes=30)
# Archived ones are asked for before the lease of their pictures ends (``pictures.LEASE``).
_DAY, _ARCHIVED = timedelta(days=1), timedelta(days=3)
# How far a long pause is shortened, so that not all come due at once.
_SPREAD = 0.2
_STEPS = 97


def next_check(original: Original, now: datetime) -> datetime:
    """
    Return when to ask for *original* again, which was asked for at *now*.

    Every 5 minutes until 6 hours after its last change, every 30 until 72; then daily,
    and every third day once its origin has archived it: a takedown must always arrive.
    The two long pauses are up to a fifth shorter, each story's always alike.
    """
    age = now - min(_changed_at(original), now)
    if age < _NEW:
        return now + SOON
    if age < _RECENT:
        return now + _OFTEN
    is_archived = original.archived_at is not None and original.archived_at <= now
    pause = _ARCHIVED if is_archived else _DAY
    part = original.pk % _STEPS / _STEPS
    return now + pause * (1 - _SPREAD * part)


def _changed_at(original: Original) -> datetime:
    known = (original.published_at, original.updated_at, original.modified_at)
    return max(filter(None, known), default=original.arrived_at)
