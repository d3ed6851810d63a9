"""
Changing an airing from now on: what was heard of it stays.

Laws:

* Nothing begins before now, except what began already: that began when it did.
* What is on the air and is told to be another show, to be later or not to be, ends now:
  what was heard of it becomes an airing of its own.
* Which of two outranked the other until now is not asked anew.
"""

from __future__ import annotations

from copy import copy
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from groundwave.programming.models import Airing


def change_from_now_on(row: Airing, facts: dict[str, Any], now: datetime) -> None:
    """
    Set *facts* of *row*, which is not saved yet, as far as they are not the past.

    Raises:
        ValidationError: it would have ended already.
    """
    now = now.replace(microsecond=0)
    if facts.get("show", row.show) != row.show:
        facts = {"episode": None, **facts}  # it is the other show's
    began = row.starts_at if _goes_on(row, facts, now) else None
    if began is None and _is_heard(row, now):
        _keep_heard(row, now)
    for name, value in facts.items():
        setattr(row, name, value)
    row.starts_at = began or max(row.starts_at, now)
    if row.ends_at <= now:
        over = _("It would have ended already. Choose a time that is to come.")
        raise ValidationError({"ends_at": over})


def _is_heard(row: Airing, now: datetime) -> bool:
    return row.starts_at < now and not row.is_cancelled


def _goes_on(row: Airing, facts: dict[str, Any], now: datetime) -> bool:
    """Whether it is on the air and stays there, so that only its end is another."""
    stays = facts.get("show", row.show) == row.show and not facts.get("is_cancelled")
    is_later = facts.get("starts_at", row.starts_at) > now
    return _is_heard(row, now) and stays and not is_later and not _is_shared(row, now)


def _is_shared(row: Airing, now: datetime) -> bool:
    """Whether anything else claims its time until now: then it matters what it was."""
    there = Airing.objects.on(row.station).standing().between(row.starts_at, now)
    return there.exclude(pk=row.pk).exists()


def _keep_heard(row: Airing, now: datetime) -> None:
    """Let what was heard until *now* be an airing that is over."""
    heard = copy(row)
    heard.pk = None
    # Of equals the lesser name is heard: so long a name is still less than the others.
    heard.name = f"{row.name}.{now.timestamp():.0f}"
    heard.ends_at = now
    heard.save(force_insert=True)
