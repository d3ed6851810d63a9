"""
What an editor decides about a carried story: whose words stand, and whether it follows.

Theirs is what upstream said last, which is the base of the next merge. Whatever is taken
of it goes into the newest version; readers have it at once unless a draft waits, which
is never published along with it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log as note

from groundwave.newsroom.figure_places import newest_draft
from groundwave.newsroom.models import ChangeKind, Story
from groundwave.people.models import User
from groundwave.syndication.actions.outcomes import write_down
from groundwave.syndication.carrying.taking_theirs import with_block, with_field
from groundwave.syndication.carrying.versions import (
    Value,
    assets_of,
    put,
    restored,
    version_of,
)
from groundwave.syndication.errors import (
    AlreadyDecided,
    AlreadyDetached,
    NotChangeable,
    NotDetached,
)
from groundwave.syndication.merging import Version
from groundwave.syndication.models import Original, What


DETACHED, ATTACHED = "syndication.detach", "syndication.attach"
KEPT_OURS, TOOK_THEIRS = "syndication.keep_ours", "syndication.take_theirs"

Rewriting = Callable[[Version[Value]], Version[Value]]

log = structlog.get_logger(__name__)


@transaction.atomic
def detach(original: Original, *, by: User, reason: str, now: datetime) -> None:
    """
    Take our copy out of the updates; a takedown is still followed.

    Raises:
        AlreadyDetached: somebody else was first.
    """
    held = _locked(original)
    if held.is_detached:
        raise AlreadyDetached(_("“%(story)s” is detached already.") % {"story": held})
    held.detached_at, held.detached_by = now, by
    held.detached_reason = reason
    held.save(update_fields=["detached_at", "detached_by", "detached_reason"])
    _write_down(held, DETACHED, by, reason=reason)


@transaction.atomic
def attach(original: Original, *, by: User, now: datetime) -> None:
    """
    Have our copy follow its original again; what it missed comes with the next check.

    Raises:
        NotDetached: it follows already.
    """
    held = _locked(original)
    if not held.is_detached:
        raise NotDetached(_("“%(story)s” follows its original.") % {"story": held})
    held.detached_at = held.detached_by = None
    held.detached_reason = ""
    # Otherwise what upstream has would be no news, and our copy stay as it is.
    held.fingerprint = ""
    held.check_due_at = now
    held.save()
    _write_down(held, ATTACHED, by)


@transaction.atomic
def decide(
    original: Original,
    asset: str,
    *,
    takes_theirs: bool,
    by: User,
    now: datetime,
) -> bool:
    """
    End the conflict about a block; return whether readers have something new.

    Raises:
        AlreadyDecided: there is no such conflict any more.
        NotChangeable: somebody else is at the story.
        NotPublishable: it may not be published as it would stand.
    """
    held = _locked(original)
    left = held.decided(asset)
    if len(left) == len(held.conflicts):
        raise AlreadyDecided(
            _("Somebody has decided this, or upstream says something else. Look again.")
        )
    held.conflicts = left
    held.save(update_fields=["conflicts"])
    told = False
    if takes_theirs:
        theirs = restored(held.base)
        told = _rewrite(held, lambda ours: with_block(ours, theirs, asset), by, asset)
    _write_down(held, TOOK_THEIRS if takes_theirs else KEPT_OURS, by, block=asset)
    if not left:
        said = _("%(who)s has decided what was to be decided.") % {"who": by}
        write_down(held, What.UPDATED, said=[said], now=now)
    return told


@transaction.atomic
def take_theirs(original: Original, field: str, *, by: User) -> bool:
    """
    Let a field say what upstream says, and follow it; return whether readers have it.

    Raises:
        NotChangeable: somebody else is at the story.
        NotPublishable: it may not be published as it would stand.
    """
    held = _locked(original)
    held.overrides = [each for each in held.overrides if each["name"] != field]
    held.save(update_fields=["overrides"])
    theirs = restored(held.base)
    told = _rewrite(held, lambda ours: with_field(ours, theirs, field), by)
    _write_down(held, TOOK_THEIRS, by, field=field)
    return told


def _locked(original: Original) -> Original:
    return Original.objects.select_for_update().get(pk=original.pk)


def _rewrite(original: Original, change: Rewriting, by: User, *besides: str) -> bool:
    """Change what is newest; *besides* are blocks that upstream has taken out."""
    story = Story.objects.select_for_update().filter(original=original).first()
    if story is None:
        raise NotChangeable(_("There is no such story here any more."))
    _refuse_others(story, by)
    draft = newest_draft(story)
    version: Story = draft.as_object() if draft else Story.objects.get(pk=story.pk)
    upstream = assets_of(restored(original.base)) | {*besides}
    put(change(version_of(version, upstream)), version)
    if draft or not story.live:
        version.save_revision(user=by, log_action=True, clean=False)
        return False
    version.begin_another_change()
    # The origin has told readers what it changed, by its remarks.
    version.change_kind = ChangeKind.TYPO
    version.save_revision(user=by, log_action=True).publish(user=by)
    return True


def _refuse_others(story: Story, by: User) -> None:
    lock = story.get_lock()
    if lock and lock.for_user(by):
        sentence = _(
            "It is locked or scheduled. Ask whoever locked it to unlock it, or cancel "
            "the schedule, and decide then."
        )
    elif story.workflow_in_progress:
        sentence = _("It is being reviewed. Finish the review first, or cancel it.")
    else:
        return
    raise NotChangeable(sentence)


def _write_down(original: Original, action: str, by: User, **facts: str) -> None:
    """Write it in the story's history, where its editors look."""
    if original.story is not None:
        note(instance=original.story, action=action, user=by, data=facts)
    log.info(action, original=original.pk, by=by.pk)
