"""Bringing a story that is here up to date, around what was written here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _, ngettext

from groundwave.newsroom.models import Story
from groundwave.syndication.actions.coming import (
    Coming,
    is_told_of_more,
    publish,
    remember,
    told_so_far,
)
from groundwave.syndication.carrying.ended import without_ended
from groundwave.syndication.carrying.undecided import decide_later
from groundwave.syndication.carrying.versions import (
    Value,
    assets_of,
    put,
    restored,
    version_of,
)
from groundwave.syndication.carrying.withdrawn import Withdrawn, withdrawn
from groundwave.syndication.merging import Merged, Version, merged
from groundwave.syndication.models import Outcome, What


def renew(coming: Coming) -> Outcome | None:
    """
    Bring our story of *coming*, the published version and a draft of it, up to date.

    Call it with the original locked.

    Returns:
        What became of it; None if there is nothing new in it.
    """
    original = coming.original
    story = Story.objects.select_for_update().get(original=original)
    base = restored(original.base)
    gone = withdrawn(base, coming.version, coming.arrived.incoming, coming.story)
    if gone.ids:
        coming.notes.extend(_clear_the_way(story))
    if original.is_detached:
        return _stay_detached(coming, story, base, gone)
    if not _is_news(coming, base):
        remember(coming, coming.version)
        return None
    return _bring_up(coming, story, gone.left_of(base), gone)


def _bring_up(
    coming: Coming, story: Story, base: Version[Value], gone: Withdrawn
) -> Outcome:
    draft = story.get_latest_revision_as_object() if _has_draft(story) else None
    public = newest = _brought_up(base, coming, story, gone)
    if draft is not None:
        newest = _brought_up(base, coming, draft, gone)
    if story.live and (reasons := _renew_live(coming, story, public.version)):
        return coming.told(What.REFUSED, said=reasons)
    if draft is not None or not story.live:
        _keep_draft(newest.version, draft or story)
    decide_later(coming.original, newest, coming.version)
    remember(coming, coming.version)
    if newest.conflicts:
        return coming.told(What.CONFLICT, said=[_conflict_sentence(newest)])
    return coming.told(What.UPDATED)


def _stay_detached(
    coming: Coming, story: Story, base: Version[Value], gone: Withdrawn
) -> Outcome:
    """Take out what was withdrawn; all else is merged when somebody lets it follow."""
    reasons = _without_withdrawn(story, base, gone) if gone.ids else []
    if reasons:
        return coming.told(What.REFUSED, said=reasons)
    remember(coming, gone.left_of(base))
    sentence = _("It is detached: our copy stays as it is. Look at the original.")
    if gone.ids:
        sentence = _(
            "It is detached, and its origin has withdrawn a part of it, which is not "
            "shown any more. Look at the original."
        )
    return coming.told(What.SKIPPED, said=[sentence])


def _without_withdrawn(
    story: Story, base: Version[Value], gone: Withdrawn
) -> list[str]:
    known = assets_of(base)
    draft = story.get_latest_revision_as_object() if _has_draft(story) else None
    if story.live:
        put(gone.left_of(version_of(story, known)), story)
        if reasons := publish(story):
            return reasons
    if draft is not None:
        _keep_draft(gone.left_of(version_of(draft, known)), draft)
    return []


def _clear_the_way(story: Story) -> Iterator[str]:
    """End what would publish, or keep, what was withdrawn; yield what an editor is told."""
    scheduled = story.revisions.filter(approved_go_live_at__isnull=False)
    if scheduled.update(approved_go_live_at=None):
        yield _(
            "A version of it was scheduled that had in it what its origin has withdrawn: "
            "the schedule is canceled. Schedule the newest version if it is still wanted."
        )
    if review := story.current_workflow_state:
        review.cancel()
        yield _(
            "It was being reviewed with what its origin has withdrawn: the review is "
            "ended. Submit the newest version again."
        )


def _is_news(coming: Coming, base: Version[Value]) -> bool:
    """Whether anything that readers or editors would see is not as it was."""
    return coming.version != base or is_told_of_more(coming)


def _has_draft(story: Story) -> bool:
    return bool(story.has_unpublished_changes or not story.live)


def _brought_up(
    base: Version[Value], coming: Coming, story: Story, gone: Withdrawn
) -> Merged[Value]:
    known = assets_of(base) | assets_of(coming.version)
    ours = gone.left_of(version_of(story, known))
    made = merged(base, coming.version, ours)
    return replace(made, version=without_ended(made.version, now=coming.now))


def _renew_live(coming: Coming, story: Story, made: Version[Value]) -> list[str]:
    """Publish what readers have, brought up to date; return the reasons why not."""
    known = assets_of(made) | assets_of(coming.version)
    if made == version_of(story, known) and not is_told_of_more(coming):
        return []
    original = coming.original
    # Told before it is published, so that publishing tells readers of it.
    before, original.remarks = original.remarks, told_so_far(coming)
    original.save(update_fields=["remarks"])
    put(made, story)
    if reasons := publish(story):
        # Nobody is told of what they do not see yet.
        original.remarks = before
        original.save(update_fields=["remarks"])
        return reasons
    return []


def _keep_draft(version: Version[Value], draft: Story) -> None:
    put(version, draft)
    draft.save_revision(log_action=False)


def _conflict_sentence(made: Merged[Value]) -> str:
    count = len(made.conflicts)
    return ngettext(
        "Upstream changed a passage that was changed here as well. Ours stands; open the "
        "story and decide.",
        "Upstream changed %(count)d passages that were changed here as well. Ours stand; "
        "open the story and decide.",
        count,
    ) % {"count": count}
