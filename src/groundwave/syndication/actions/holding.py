"""Publishing stories whose hold is over, unless an editor has had them in hand."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from groundwave.newsroom.models import ChangeKind, Story
from groundwave.syndication.actions.outcomes import write_down
from groundwave.syndication.models import Original, What


def publish_held(now: datetime) -> int:
    """Publish what was held until *now* or before; return how many went live."""
    pks = list(Original.objects.to_publish(now).values_list("pk", flat=True))
    return sum(_publish(pk, now) for pk in pks)


@transaction.atomic
def _publish(pk: int, now: datetime) -> bool:
    held = Original.objects.select_for_update().filter(pk=pk, publish_at__lte=now)
    original = held.first()
    if original is None or original.story_id is None:
        return False
    original.publish_at = None
    original.save(update_fields=["publish_at"])
    story = Story.objects.get(original=original)
    revision = story.latest_revision
    if story.live or revision is None:
        return False
    if revision.user_id:
        sentence = _(
            "Somebody here has begun to work on it, so that it was not published by "
            "itself. Publish it when it is ready."
        )
        write_down(original, What.REFUSED, said=[sentence], now=now)
        return False
    return _go_live(original, story, now)


def _go_live(original: Original, story: Story, now: datetime) -> bool:
    try:
        with transaction.atomic():
            # As upstream had it last; the row itself is as it first came.
            newest = story.get_latest_revision_as_object()
            newest.change_kind = ChangeKind.TYPO
            newest.publish(newest.save_revision(log_action=False))
    except ValidationError as refusal:
        write_down(original, What.REFUSED, said=refusal.messages, now=now)
        return False
    write_down(original, What.PUBLISHED, now=now)
    return True
