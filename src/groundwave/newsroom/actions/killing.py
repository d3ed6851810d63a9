"""Taking a story back from everybody, and giving it back to the desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import structlog
from django.db import transaction
from wagtail.log_actions import log as note
from wagtail.models import ReferenceIndex, Revision
from wagtail.search import index

from groundwave.newsroom.actions.banners import take_down_banner
from groundwave.newsroom.errors import AlreadyKilled, NotKilled
from groundwave.newsroom.models import Banner, Story, StoryKill
from groundwave.people.models import User


KILLED, REVIVED, READ = "newsroom.kill", "newsroom.revive", "newsroom.read_killed"

log = structlog.get_logger(__name__)


@transaction.atomic
def kill(
    story: Story,
    *,
    by: User | None,
    reason: str,
    now: datetime,
    public_note: str = "",
) -> None:
    """
    Show *story* to nobody outside any more, and let nothing publish it.

    Its aliases go with it, whatever was scheduled of it is scheduled no longer, and a
    review of it ends; a banner about it is taken down, and files that readers had from
    it alone are handed out no longer. Its versions, updates and figures stay. The
    reason is for the desk alone; the note is what its address says from now on, empty
    for a usual sentence. It is *by* nobody where its origin took it back.

    Raises:
        AlreadyKilled: somebody else was first.
    """
    for each in _copies_shown_of(story):
        if StoryKill.objects.in_force().filter(story=each).exists():
            raise AlreadyKilled(f"{each} had been killed already")
        StoryKill.objects.create(
            story=each, at=now, by=by, reason=reason, public_note=public_note
        )
        _withdraw(each, by)
        for banner in Banner.objects.not_over(now).filter(story=each):
            take_down_banner(banner, by=by, now=now)
        _write_down(each, KILLED, by=by, reason=reason)


@transaction.atomic
def revive(story: Story, *, by: User | None, reason: str, now: datetime) -> None:
    """
    Give *story* back to the desk, as a draft that may be published again.

    Raises:
        NotKilled: it is not killed, or no longer.
    """
    copies = list(_copies_shown_of(story))
    ended = StoryKill.objects.in_force().filter(story__in=copies)
    if not ended.update(revived_at=now, revived_by=by, revived_reason=reason):
        raise NotKilled(f"{story} is not killed")
    for each in copies:
        _write_down(each, REVIVED, by=by, reason=reason)


def note_reading(story: Story, revision: Revision, *, by: User) -> None:
    """Write down that *by* reads a version of a killed story."""
    note(instance=story, action=READ, user=by, revision=revision)
    log.info(READ, story=story.pk, version=revision.pk, by=by.pk)


def _copies_shown_of(story: Story) -> Iterator[Story]:
    """Yield every page that shows what *story* does, locked for whoever publishes them."""
    locked = Story.objects.select_for_update()
    while story.alias_of_id:
        story = locked.get(pk=story.alias_of_id)
    waiting = [story.pk]
    while waiting:
        found = locked.get(pk=waiting.pop())
        waiting += found.aliases.values_list("pk", flat=True)
        yield found


def _withdraw(story: Story, by: User | None) -> None:
    if story.live:
        story.unpublish(log_action=False)
    story.revisions.update(approved_go_live_at=None)
    index.remove_object(story)
    # By it files are withheld, at once: the worker may be behind.
    ReferenceIndex.create_or_update_for_object(story)
    if review := story.current_workflow_state:
        review.cancel(user=by)


def _write_down(story: Story, action: str, *, by: User | None, reason: str) -> None:
    """Write it where the desk reads what was done, and where the machine's log is."""
    note(instance=story, action=action, user=by, data={"reason": reason})
    log.info(action, story=story.pk, by=by.pk if by else None)
