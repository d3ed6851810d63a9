"""Errors that nobody expected: they are told where trouble is, and stop no other work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _

from groundwave.syndication.models import Connection
from groundwave.syndication.polling.errors import UpstreamTrouble


log = structlog.get_logger(__name__)


@contextmanager
def supervised(connection: Connection) -> Iterator[None]:
    """Let whatever goes wrong with *connection* be an UpstreamTrouble, told in the log."""
    try:
        yield
    except (UpstreamTrouble, OperationalError, InterfaceError):
        raise  # told already; or the database is away, for all of them
    except Exception as fault:  # the supervisor: the others go on
        log.exception("upstream_not_asked", connection=connection.pk)
        words = _(
            "Something is wrong with what we ask %(name)s or with our program, which has "
            "told its engineers in the log. Paste the key of this connection anew, and "
            "check its address; it is asked again by itself."
        )
        raise UpstreamTrouble(words % {"name": connection.name}) from fault
