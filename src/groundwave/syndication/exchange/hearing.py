"""Being told that a story we carry changed, by somebody who is never believed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

import msgspec
from django.db.models import Q

from groundwave.syndication.exchange.signing import is_signed
from groundwave.syndication.models import Connection, Original, Pairing


LARGEST_NOTICE = 4 << 10
"""In bytes."""

SPACING = timedelta(seconds=2)
"""How often at most a notice has the same thing asked for again."""


class NotSigned(Exception):
    """It is not from the other end of the pairing, or not of now."""


class NoNotice(Exception):
    """It does not say which document changed."""


class _Said(msgspec.Struct):
    id: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


_NOTICE = msgspec.json.Decoder(_Said)


def hear(pairing: Pairing, body: bytes, said: str, *, now: datetime) -> None:
    """
    Have what a notice is about asked for soon; what it says of it makes no difference.

    It does no harm if it comes again, or as one of many.

    Args:
        pairing: the one by whose address it came.
        body: what came.
        said: the header of its signature; empty without.
        now: when it came.

    Raises:
        NotSigned, NoNotice: nothing is done about it.
    """
    if not is_signed(said, body, pairing.secret, now=now):
        raise NotSigned
    try:
        id_ = _NOTICE.decode(body).id
    except (ValueError, RecursionError) as problem:
        raise NoNotice from problem
    connection = pairing.connection
    # What we have not, or not any more, only a poll finds.
    if known := connection.originals.carried().filter(upstream_id=id_).first():
        _check_soon(known, now)
    else:
        _poll_soon(connection, now)


def _check_soon(original: Original, now: datetime) -> None:
    soon = _soon(original.checked_at, now)
    later = Q(check_due_at=None) | Q(check_due_at__gt=soon)
    Original.objects.filter(later, pk=original.pk).update(check_due_at=soon)


def _poll_soon(connection: Connection, now: datetime) -> None:
    soon = _soon(connection.polled_at, now)
    later = Connection.objects.filter(pk=connection.pk, poll_due_at__gt=soon)
    later.update(poll_due_at=soon)


def _soon(last: datetime | None, now: datetime) -> datetime:
    return max(now, last + SPACING) if last else now
