"""How a connection does and what it does with stories, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timesince import timesince, timeuntil
from django.utils.translation import gettext as _, ngettext

from groundwave.syndication.models import Arrival, Connection


# A worker that runs comes round every few seconds.
LATE = timedelta(minutes=5)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class State:
    """
    How a connection does.

    Attributes:
        kind: ``well``, ``trouble``, ``paused`` or ``due``.
        sentences: what to say of it, the most important first.
        goes_on: whether something is happening that is worth waiting for.
    """

    kind: str
    sentences: tuple[str, ...]
    goes_on: bool = False


def state_of(connection: Connection, *, now: datetime) -> State:
    """Return how *connection* does at *now*."""
    last = _last(connection, now)
    if not connection.is_active:
        paused = _("Paused: nothing new comes. What is here is still checked.")
        return State("paused", (paused, *_check_troubles(connection), last))
    if connection.poll_due_at <= now - LATE:
        return State("trouble", (_late(connection, now), *_troubles(connection), last))
    is_due = connection.poll_due_at <= now
    if connection.trouble or connection.check_trouble:
        said = (*_troubles(connection), last, _next(connection, now))
        return State("trouble", said, goes_on=is_due)
    return State(
        "due" if is_due else "well", (last, _next(connection, now)), goes_on=is_due
    )


def policy_of(connection: Connection) -> Iterator[str]:
    """Yield what *connection* does with stories."""
    yield _arrival(connection)
    if connection.most_on_front:
        yield ngettext(
            "At most %(count)d of its stories is on the front page at one time.",
            "At most %(count)d of its stories are on the front page at one time.",
            connection.most_on_front,
        ) % {"count": connection.most_on_front}
    else:
        yield _("None of its stories is on the front page.")
    yield _("Pictures: %(what)s.") % {"what": connection.get_pictures_display()}
    if connection.keeps_sounds:
        yield _("Sounds that may be kept are kept.")
    else:
        yield _("Sounds are played from where they are.")
    yield _("Search engines %(what)s.") % {"what": connection.get_wish_display()}


def _arrival(connection: Connection) -> str:
    facts = {"section": connection.section.title}
    match connection.arrival:
        case Arrival.HOLD:
            facts["span"] = _span(connection.hold_minutes)
            return (
                _(
                    "A new story is held for %(span)s in “%(section)s”, and published then "
                    "unless an editor stops it."
                )
                % facts
            )
        case Arrival.PUBLISH:
            return _("A new story is published at once in “%(section)s”.") % facts
        case _:
            return (
                _(
                    "A new story is kept as a draft in “%(section)s”, for an editor to "
                    "publish."
                )
                % facts
            )


def _span(minutes: int) -> str:
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {
        "count": minutes
    }


def _last(connection: Connection, now: datetime) -> str:
    if connection.polled_at is None:
        return _("It has not been asked yet: the worker does it in a moment.")
    if connection.polled_at > now - MINUTE:
        return _("Asked just now.")
    return _("Asked %(span)s ago.") % {"span": timesince(connection.polled_at, now)}


def _next(connection: Connection, now: datetime) -> str:
    if connection.poll_due_at <= now:
        return _("It is asked now.")
    if connection.poll_due_at < now + MINUTE:
        return _("It is asked again within a minute.")
    span = timeuntil(connection.poll_due_at, now)
    return _("It is asked again in %(span)s.") % {"span": span}


def _late(connection: Connection, now: datetime) -> str:
    span = timesince(connection.poll_due_at, now)
    return _(
        "It was to be asked %(span)s ago, and nobody did. See that the worker runs: the "
        "engineer knows."
    ) % {"span": span}


def _troubles(connection: Connection) -> tuple[str, ...]:
    checks = _check_troubles(connection)
    if not connection.trouble:
        return checks
    tries = ngettext(
        "It failed once.", "It failed %(count)d times in a row.", connection.failures
    )
    return (connection.trouble, tries % {"count": connection.failures}, *checks)


def _check_troubles(connection: Connection) -> tuple[str, ...]:
    """Return what is wrong with the stories that are here; not what polling tells too."""
    told = connection.check_trouble
    return (told,) if told and told != connection.trouble else ()
