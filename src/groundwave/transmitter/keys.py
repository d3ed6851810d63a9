"""Which key opens which place in a station's chain, and when."""

from __future__ import annotations

import hashlib
import hmac
from calendar import day_abbr
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from groundwave.patchbay.messages import KeyLine, StationLine, Window


def key_digest(key: str) -> str:
    """Return what a line-up holds of a source key: its SHA-256 in hex."""
    return hashlib.sha256(key.encode()).hexdigest()


def find_key(station: StationLine, key: str) -> KeyLine | None:
    """Return the station's entry for *key*; takes the same time for a wrong one."""
    digest = key_digest(key)
    found = None
    for line in station.keys:
        if hmac.compare_digest(line.digest, digest):
            found = line
    return found


def may_connect(line: KeyLine, station: StationLine, *, now: datetime) -> bool:
    """Tell whether *now* lies in one of the key's windows, if it has any."""
    local = now.astimezone(ZoneInfo(station.timezone))
    return not line.windows or any(_covers(window, local) for window in line.windows)


def window_words(line: KeyLine) -> str:
    """Return when the key is good, for a person: ``Fri 22:00 (120 min)``."""
    return ", ".join(
        f"{day_abbr[window.weekday]} {window.starts_at} ({window.minutes} min)"
        for window in line.windows
    )


def _covers(window: Window, local: datetime) -> bool:
    """Tell whether the wall time *local* lies in the window, across midnight too."""
    hour, minute = map(int, window.starts_at.split(":"))
    wall = local.replace(tzinfo=None)
    midnight = wall.replace(hour=0, minute=0, second=0, microsecond=0)
    days_since = (wall.weekday() - window.weekday) % 7
    opened = (
        midnight - timedelta(days=days_since) + timedelta(hours=hour, minutes=minute)
    )
    if opened > wall:
        opened -= timedelta(days=7)
    return wall < opened + timedelta(minutes=window.minutes)
