"""
Whether a story may be published as it stands.

Each reason against it is a sentence for its editor; all of them are said at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from groundwave.newsroom.changes.sensitive import Change, sensitive_changes
from groundwave.newsroom.errors import NotPublishable, Unanswered


if TYPE_CHECKING:
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


def reasons_against(draft: Story, *, now: datetime) -> Iterator[str]:
    """Yield a sentence for each reason not to publish *draft* at all."""
    goes_live = max(filter(None, (now, draft.go_live_at)))
    if draft.embargo_until and goes_live < draft.embargo_until:
        yield _(
            "It is under embargo until %(when)s UTC. Schedule it for then, or lift the "
            "embargo."
        ) % {"when": date_format(draft.embargo_until, "N j, Y, P")}


def unanswered_changes(draft: Story, published: Story | None) -> list[Change]:
    """Return what changed for readers if nobody has said yet what that is."""
    if published is None or is_answered(draft, published):
        return []
    return sensitive_changes(published.plain_text, draft.plain_text)


def is_answered(draft: Story, published: Story) -> bool:
    """Whether somebody has said what changed since *published*, and not before it."""
    return bool(draft.change_kind) and draft.change_uid != published.change_uid


def unanswered_words(changes: Sequence[Change]) -> str:
    """Return the question that an editor has to answer before readers see it."""
    shown = "; ".join(_words(change) for change in changes[:_SHOWN])
    if len(changes) > _SHOWN:
        shown = _("%(shown)s; and %(count)s more") % {
            "shown": shown,
            "count": len(changes) - _SHOWN,
        }
    return _(
        "Readers may have to be told of this: %(shown)s. Under “What changed”, say "
        "whether it is an update, a correction or only a typo."
    ) % {"shown": shown}


def _words(change: Change) -> str:
    if not change.was:
        return _("“%(now)s” is new") % {"now": change.now}
    if not change.now:
        return _("“%(was)s” is gone") % {"was": change.was}
    return _("“%(was)s” is now “%(now)s”") % {"was": change.was, "now": change.now}
