"""
The supervisor of what is done in the background for one station after another.

What one station's facts break is broken for that station, and nobody else is kept from
hearing of theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.db import DatabaseError

from groundwave.patchbay.errors import PatchbayError
from groundwave.stations.models import Station


log = structlog.get_logger(__name__)


@contextmanager
def apart(station: Station) -> Iterator[None]:
    """
    Let a fault in what is done for *station* end no more than that; the log says why.

    A database or a transmitter that is away concerns all stations, and is passed on.
    """
    try:
        yield
    except (DatabaseError, PatchbayError):
        raise
    except Exception:  # the supervisor: its station is passed over
        log.exception("station_passed_over", station=station.slug)
