"""
Whether a story may be published as it stands.

Each reason against it is a sentence for its editor; all of them are said at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from groundwave.newsroom.changes.sensitive import Change, sensitive_changes
from groundwave.newsroom.errors import Killed, NotPublishable, Unanswered
from groundwave.newsroom.story_preflight import blocking


if TYPE_CHECKING:
    from wagtail.models import Revision

    from groundwave.newsroom.models.story import Story


# As many changes as are shown; whoever sees three knows.
_SHOWN = 3


def refuse_unready(draft: Story, published: Story | None, *, now: datetime) -> None:
    """
    Refuse *draft* if it may not replace what is *published*, or be the first.

    Raises:
        Unanswered: readers should be told of a change, and nobody said what it is.
        NotPublishable: anything else.
    """
    reasons = list(reasons_against(draft, now=now))
    if reasons:
        raise NotPublishable(reasons)
    changes = unanswered_changes(draft, published)
    if changes:
        raise Unanswered(unanswered_words(changes), changes)


def refuse_killed(story: Story) -> None:
    """
    Refuse to show *story* to anybody if it was killed.

    Raises:
        Killed: it was, and nobody has revived it.
    """
    if story.kill_in_force:
        raise Killed(
            _(
                "This story was killed, and nothing publishes it. Ask an administrator "
                "to revive it if readers are to have it again."
            )
        )


def refuse_undoing(story: Story, revision: Revision | None = None) -> None:
    """
    Refuse to publish *revision* of *story* where Wagtail would silently undo something.

    Raises:
        NotPublishable: another version is scheduled, or the story is being reviewed.
    """
    if reasons := list(_what_would_be_undone(story, revision)):
        raise NotPublishable(reasons)


def _what_would_be_undone(story: Story, revision: Revision | None) -> Iterator[str]:
    waiting = story.revisions.filter(approved_go_live_at__isnull=False)
    scheduled = waiting.exclude(pk=revision.pk if revision else None).first()
    if scheduled:
        yield _(
            "Another version is to go live on %(when)s UTC, and publishing this one would "
            "cancel that. Cancel the schedule first; schedule it again when this one is "
            "published."
        ) % {"when": date_format(scheduled.approved_go_live_at, "N j, Y, P")}
    if review := story.current_workflow_state:
        yield _(
            "It is being reviewed (%(review)s), and publishing it would end that. Approve "
            "it in the review, or cancel the review first."
        ) % {"review": review.workflow.name}


def reasons_against(draft: Story, *, now: datetime) -> Iterator[str]:
    """Yield a sentence for each reason not to publish *draft* at all."""
    goes_live = max(filter(None, (now, draft.go_live_at)))
    if draft.embargo_until and goes_live < draft.embargo_until:
        yield _(
            "It is under embargo until %(when)s UTC. Schedule it for then, or lift the "
            "embargo."
        ) % {"when": date_format(draft.embargo_until, "N j, Y, P")}
    yield from blocking(draft, now=now)


def unanswered_changes(draft: Story, published: Story | None) -> list[Change]:
    """Return what changed for readers if nobody has said yet what that is."""
    if published is None or is_answered(draft, published):
        return []
    # A new post is told by being there.
    known = {post.id for post in published.posts}
    return sensitive_changes(published.plain_text, draft.text_with_posts(known))


def is_answered(draft: Story, published: Story) -> bool:
    """Whether somebody has said what changed since *published*, and not before it."""
    return bool(draft.change_kind) and draft.change_uid != published.change_uid


def changes_since_answered(draft: Story, earlier: Iterable[Revision]) -> list[Change]:
    """Return what changed for readers since the first of *earlier* with its answer."""
    if not draft.change_kind or draft.live_revision_id is None:
        return []
    for revision in earlier:
        version = revision.as_object()
        if version.answer == draft.answer:
            return sensitive_changes(version.plain_text, draft.plain_text)
    return []


def unanswered_words(changes: Sequence[Change]) -> str:
    """Return the question that an editor has to answer before readers see it."""
    return _(
        "Readers may have to be told of this: %(shown)s. Under “What changed”, say "
        "whether it is an update, a correction or only a typo."
    ) % {"shown": shown(changes)}


def shown(changes: Sequence[Change]) -> str:
    """Return the first of *changes* in words, and how many there are besides."""
    words = "; ".join(_words(change) for change in changes[:_SHOWN])
    if len(changes) <= _SHOWN:
        return words
    more = {"shown": words, "count": len(changes) - _SHOWN}
    return _("%(shown)s; and %(count)s more") % more


def _words(change: Change) -> str:
    if not change.was:
        return _("“%(now)s” is new") % {"now": change.now}
    if not change.now:
        return _("“%(was)s” is gone") % {"was": change.was}
    return _("“%(was)s” is now “%(now)s”") % {"was": change.was, "now": change.now}
