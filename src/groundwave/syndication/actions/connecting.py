"""What a person does with a connection, and with a story that waits for its time."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log as note

from groundwave.newsroom.models import Story
from groundwave.people.models import User
from groundwave.syndication.actions.outcomes import write_down
from groundwave.syndication.errors import NotHeld
from groundwave.syndication.models import Connection, Original, What


PAUSED, RESUMED = "syndication.pause", "syndication.resume"
ASKED = "syndication.ask_now"
STOPPED, SOONER = "syndication.stop_held", "syndication.publish_held"

log = structlog.get_logger(__name__)


@transaction.atomic
def pause(connection: Connection, *, by: User) -> None:
    """Let nothing new come from *connection*; what is here is still checked."""
    _change(connection, by, PAUSED, is_active=False)


@transaction.atomic
def resume(connection: Connection, *, by: User, now: datetime) -> None:
    """Have *connection* asked again, beginning at once."""
    _change(connection, by, RESUMED, is_active=True, poll_due_at=now)


@transaction.atomic
def ask_now(connection: Connection, *, by: User, now: datetime) -> None:
    """
    Have the worker ask *connection* as soon as it comes round, whatever failed before.

    It asks for what is new, and again for every story that is here.
    """
    _change(connection, by, ASKED, poll_due_at=now)
    connection.originals.carried().update(check_due_at=now)


@transaction.atomic
def apply_policy(connection: Connection, *, now: datetime) -> None:
    """
    Have what is here of *connection* taken over once more, as its policy is now.

    Of a feed, only what it still has can be.
    """
    # A version that is known is not looked at again.
    connection.originals.carried().update(fingerprint="", check_due_at=now)


@transaction.atomic
def stop_held(original: Original, *, by: User, now: datetime) -> None:
    """
    Keep a held story as a draft, which an editor publishes or nobody.

    Raises:
        NotHeld: it was published or stopped meanwhile.
    """
    held = _held(original)
    held.publish_at = None
    held.save(update_fields=["publish_at"])
    sentence = _("%(who)s keeps it as a draft. Publish it if readers are to have it.")
    write_down(held, What.DRAFTED, said=[sentence % {"who": by}], now=now)
    _write_down(held, STOPPED, by)


@transaction.atomic
def publish_held_now(original: Original, *, by: User, now: datetime) -> None:
    """
    Publish the newest version of a held story without waiting any longer.

    Raises:
        NotHeld: it was published or stopped meanwhile.
        NotPublishable: it is not ready; the sentences say why, and it is still held.
    """
    held = _held(original)
    story = held.story
    if story is None:
        raise NotHeld(_("There is no such story here any more."))
    revision = story.get_latest_revision() or story.save_revision(user=by)
    revision.publish(user=by)
    held.publish_at = None
    held.save(update_fields=["publish_at"])
    write_down(held, What.PUBLISHED, now=now)
    _write_down(held, SOONER, by)


def _held(original: Original) -> Original:
    held = Original.objects.select_for_update().get(pk=original.pk)
    if held.publish_at is None or held.gone_at is not None:
        raise NotHeld(
            _(
                "“%(story)s” does not wait any more: it was published, stopped or taken "
                "back meanwhile. Look at it in its editor."
            )
            % {"story": held}
        )
    return held


def _change(connection: Connection, by: User, action: str, **facts: object) -> None:
    Connection.objects.filter(pk=connection.pk).update(**facts)
    connection.refresh_from_db(fields=list(facts))
    note(instance=connection, action=action, user=by)
    log.info(action, connection=connection.pk, by=by.pk)


def _write_down(original: Original, action: str, by: User) -> None:
    """Write it in the story's history, where its editors look."""
    story: Story | None = original.story
    if story is not None:
        note(instance=story, action=action, user=by)
    log.info(action, original=original.pk, by=by.pk)
