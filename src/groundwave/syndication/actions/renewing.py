"""Bringing a story that is here up to date, around what was written here."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

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
    if original.is_detached:
        # What it missed is merged when somebody lets it follow again.
        remember(coming, base)
        sentence = _("It is detached: our copy stays as it is. Look at the original.")
        return coming.told(What.SKIPPED, said=[sentence])
    if not _is_news(coming, base):
        remember(coming, coming.version)
        return None
    draft = story.get_latest_revision_as_object() if _has_draft(story) else None
    public = newest = _brought_up(base, coming, story)
    if draft is not None:
        newest = _brought_up(base, coming, draft)
    if story.live:
        refusal = _renew_live(coming, story, public.version)
        if refusal:
            return refusal
    if draft is not None or not story.live:
        _keep_draft(newest.version, draft or story)
    decide_later(original, newest, coming.version)
    remember(coming, coming.version)
    if newest.conflicts:
        return coming.told(What.CONFLICT, said=[_conflict_sentence(newest)])
    return coming.told(What.UPDATED)


def _is_news(coming: Coming, base: Version[Value]) -> bool:
    """Whether anything that readers or editors would see is not as it was."""
    return coming.version != base or is_told_of_more(coming)


def _has_draft(story: Story) -> bool:
    return bool(story.has_unpublished_changes or not story.live)


def _brought_up(base: Version[Value], coming: Coming, story: Story) -> Merged[Value]:
    known = assets_of(base) | assets_of(coming.version)
    made = merged(base, coming.version, version_of(story, known))
    return replace(made, version=without_ended(made.version, now=coming.now))


def _renew_live(coming: Coming, story: Story, made: Version[Value]) -> Outcome | None:
    """Publish what readers have, brought up to date; return why that was refused."""
    known = assets_of(made) | assets_of(coming.version)
    if made == version_of(story, known) and not is_told_of_more(coming):
        return None
    # Told before it is published, so that publishing tells readers of it.
    coming.original.remarks = told_so_far(coming)
    coming.original.save(update_fields=["remarks"])
    put(made, story)
    outcome = publish(coming, story, What.UPDATED)
    return outcome if outcome.what == What.REFUSED else None


def _keep_draft(version: Version[Value], draft: Story) -> None:
    put(version, draft)
    draft.save_revision(log_action=False)


def _conflict_sentence(made: Merged[Value]) -> str:
    return _(
        "Upstream changed %(count)d passages that were changed here as well. Ours stand; "
        "open the story and decide."
    ) % {"count": len(made.conflicts)}
