"""A version of a story on its way in, and what becomes of it whether it is new here or not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from groundwave.newsroom.models import ChangeKind, Story
from groundwave.pages.index_tasks import indexed_once
from groundwave.syndication.actions.outcomes import write_down
from groundwave.syndication.carrying.arrived import Arrived
from groundwave.syndication.carrying.remarks import remarks_of
from groundwave.syndication.carrying.stories import describe
from groundwave.syndication.carrying.versions import Value, stored
from groundwave.syndication.incoming import Incoming
from groundwave.syndication.merging import Version
from groundwave.syndication.models import Original, Outcome, Poll, What


Raw = dict[str, Any]

VERSION_FIELDS = ("raw", "fingerprint", "checked_at")
"""What ``note_version`` notes."""


@dataclass(frozen=True, slots=True)
class Coming:
    """
    A version on its way in.

    Attributes:
        story: what may be shown of it.
        version: the same as our story would say it.
        notes: what an editor is told of it, in sentences.
    """

    original: Original
    arrived: Arrived
    story: Incoming
    version: Version[Value]
    notes: list[str]
    now: datetime
    poll: Poll | None

    def told(self, what: What, *, said: Iterable[str] = ()) -> Outcome:
        """Write down what became of it."""
        sentences = [*said, *self.notes]
        return write_down(
            self.original, what, said=sentences, now=self.now, poll=self.poll
        )


def publish(story: Story) -> list[str]:
    """Let readers have *story* as it is now; return the reasons why they cannot."""
    try:
        with transaction.atomic(), indexed_once():
            # The origin tells readers what changed, by its remarks.
            story.begin_another_change()
            story.change_kind = ChangeKind.TYPO
            # Publishing looks whether it is as it should be.
            revision = story.save_revision(log_action=False, clean=False)
            story.publish(revision)
    except ValidationError as refusal:
        return refusal.messages
    return []


def told_so_far(coming: Coming) -> list[Raw]:
    """Return what its origin told so far; what was told once stays as it was told."""
    original = coming.original
    copy = f"{original.connection_id}/{original.upstream_id}"
    before = {each["uid"]: each for each in original.remarks}
    found = remarks_of(coming.story, copy, now=coming.now)
    return [*before.values(), *(e for e in found if e["uid"] not in before)]


def is_told_of_more(coming: Coming) -> bool:
    """Whether its origin tells readers of something that it had not told before."""
    return len(told_so_far(coming)) > len(coming.original.remarks)


def remember(coming: Coming, base: Version[Value]) -> None:
    """Let *base* be what the next merge begins from."""
    original = coming.original
    note_version(original, coming.arrived, coming.now)
    describe(original, coming.story)
    original.base = stored(base)
    original.remarks = told_so_far(coming)
    original.save()


def note_version(original: Original, arrived: Arrived, now: datetime) -> None:
    """Let *original*, unsaved, know which version was seen last."""
    original.raw, original.fingerprint = arrived.raw, arrived.fingerprint
    original.checked_at = now
