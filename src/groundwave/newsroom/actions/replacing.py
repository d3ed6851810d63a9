"""
Putting what a source says now where its older figure still stands.

One story at a time, as a whole or not at all: a new version with an answer to what
changed, published where readers have the story, through the gate of every publishing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import structlog
from django.db import transaction
from django.utils.translation import gettext as _, ngettext
from wagtail.locks import ScheduledForPublishLock
from wagtail.models import Revision

from groundwave.newsroom.errors import ReplacementRefused
from groundwave.newsroom.figure_places import (
    FigurePlace,
    Figures,
    newest_draft,
    places_in,
)
from groundwave.newsroom.figures.occurrences import Occurrence, replaced
from groundwave.newsroom.models import Story
from groundwave.newsroom.passages import Passage, rewrite
from groundwave.people.models import User


log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Answer:
    """What the change is, and what readers of a published story are told of it."""

    kind: str
    text: str = ""
    must_air: bool = False


@dataclass(frozen=True)
class Replaced:
    """In how many places, and what became of the story's versions."""

    places: int
    is_published: bool
    # Who wrote the draft that was kept as the newest version.
    kept_draft_of: str | None

    def __str__(self) -> str:
        done = ngettext(
            "%(count)s place is replaced.",
            "%(count)s places are replaced.",
            self.places,
        ) % {"count": self.places}
        told = [done]
        if self.is_published:
            told.append(_("Readers have the new version."))
        if self.kept_draft_of:
            kept = _("The draft of %(who)s is kept, and not published.")
            told.append(kept % {"who": self.kept_draft_of})
        return " ".join(told)


@transaction.atomic
def replace_figures(
    story: Story, chosen: Collection[str], figures: Figures, *, answer: Answer, by: User
) -> Replaced:
    """
    Replace the outdated *figures* in those places of *story* whose keys were *chosen*.

    A draft that waits is not published with it, and is the newest version afterwards.

    Raises:
        NotPublishable: the story may not be published as it would stand.
        ReplacementRefused: *by* may not, somebody else is at it, or it changed meanwhile.
    """
    held = Story.objects.select_for_update().get(pk=story.pk)
    _refuse_others(held, by)
    places = [each for each in places_in(held, figures) if each.key in chosen]
    _refuse_moved(places, chosen)
    draft = newest_draft(held)
    published = [each for each in places if each.draft is None]
    if published:
        _publish(held, published, answer, by)
    if draft:
        # Whatever was published above is not the newest version then.
        _keep(draft, [each for each in places if each.draft], held, by)
    log.info("figures_replaced", story=held.pk, places=len(places), by=str(by))
    return Replaced(len(places), bool(published), _who(draft) if draft else None)


def _publish(
    story: Story, places: Iterable[FigurePlace], answer: Answer, by: User
) -> None:
    version = Story.objects.get(pk=story.pk)
    _rewrite(version, places)
    version.begin_another_change()
    version.change_kind, version.change_text = answer.kind, answer.text
    version.change_must_air = answer.must_air
    version.save_revision(user=by, log_action=True).publish(user=by)


def _keep(
    draft: Revision, places: Collection[FigurePlace], story: Story, by: User
) -> None:
    """Let *draft*, with what is replaced in it, be the newest version of *story*."""
    version = Revision.objects.get(pk=draft.pk).as_object()
    # An answer that was of the version before would now pass for one of its own.
    if version.change_uid == story.change_uid:
        version.begin_another_change()
    _rewrite(version, places)
    version.save_revision(user=by, log_action=True, clean=False)


def _rewrite(version: Story, places: Iterable[FigurePlace]) -> None:
    by_passage: dict[Passage, list[Occurrence]] = {}
    for each in places:
        by_passage.setdefault(each.passage, []).append(each.found)
    texts = {
        passage.where: replaced(passage.text, found)
        for passage, found in by_passage.items()
    }
    rewrite(version, texts)


def _refuse_others(story: Story, by: User) -> None:
    may = story.permissions_for_user(by)
    lock = story.get_lock()
    if isinstance(lock, ScheduledForPublishLock):
        refusal = _(
            "A version of it is scheduled. Cancel that first, and schedule anew."
        )
    elif lock and lock.for_user(by):
        refusal = _("It is locked. Ask whoever locked it, or wait until it is not.")
    elif story.workflow_in_progress:
        refusal = _("It is being reviewed. Finish the review first, or cancel it.")
    elif not (may.can_publish() if story.live else may.can_edit()):
        refusal = _("You may not change it. Ask an editor to replace the figures.")
    else:
        return
    raise ReplacementRefused(refusal)


def _refuse_moved(places: Collection[FigurePlace], chosen: Collection[str]) -> None:
    if len(places) < len(set(chosen)):
        raise ReplacementRefused(
            _(
                "Somebody changed it meanwhile. Look at its places again, and choose anew."
            )
        )
    if not all(each.can_be_replaced for each in places):
        raise ReplacementRefused(
            _("Nothing can stand instead there. Open the story, and write it yourself.")
        )


def _who(draft: Revision) -> str:
    return str(draft.user) if draft.user else _("somebody")
