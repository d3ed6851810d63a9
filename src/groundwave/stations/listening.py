"""
How many listen in the course of a day: from who has listened, and who does now.

The transmitter records a session when it ends. Whoever listens still has none, so it
is asked for those: only how many came when, nothing of who they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from groundwave.patchbay.messages import Came
from groundwave.stations.models import ListeningSession, Station


# Listeners are counted at every one of these, by the clock; all zones keep quarters.
STEP = timedelta(minutes=5)
_DAY = timedelta(days=1)
_STEP_SECONDS = int(STEP.total_seconds())


@dataclass(frozen=True)
class Listening:
    """
    A station's listeners on one of its days.

    Attributes:
        counts: how many listened at the day's start and every ``STEP`` after it, up to
            now.
        now: how many listen now; ``None`` if the transmitter does not say.
    """

    starts_at: datetime
    ends_at: datetime
    counts: tuple[int, ...]
    now: int | None
    asked_at: datetime

    @property
    def peak(self) -> int:
        return max(*self.counts, self.now or 0, 0)

    @property
    def peak_at(self) -> datetime:
        """Return when there were most, for the first time."""
        if self.peak in self.counts:
            return self.starts_at + self.counts.index(self.peak) * STEP
        return self.asked_at

    def points(self) -> Iterator[tuple[datetime, int]]:
        for number, count in enumerate(self.counts):
            yield self.starts_at + number * STEP, count
        if self.now is not None:
            yield self.asked_at, self.now

    def hours(self) -> Iterator[tuple[datetime, int]]:
        """Yield the most of each hour of the day that has begun."""
        every = timedelta(hours=1) // STEP
        for first in range(0, len(self.counts), every):
            yield self.starts_at + first * STEP, max(self.counts[first : first + every])


def day_of(station: Station, now: datetime) -> tuple[datetime, datetime]:
    """Return when the station's day began and when it ends."""
    zone = ZoneInfo(station.timezone)
    today = now.astimezone(zone).date()
    return _midnight(today, zone), _midnight(today + _DAY, zone)


def listening_today(
    stations: Iterable[Station],
    *,
    now: datetime,
    came: Iterable[Came] = (),
    listen_now: dict[str, int],
) -> dict[str, Listening]:
    """
    Return each station's day so far, by its address.

    *came* says when those who listen now came, by steps of ``STEP``, and *listen_now*
    how many they are, as far as that is known.
    """
    days = {station.slug: day_of(station, now) for station in stations}
    if not days:
        return {}
    earliest = min(starts_at for starts_at, _ in days.values())
    rows = ListeningSession.objects.of_stations(days).counted(
        earliest, now, step_seconds=_STEP_SECONDS
    )
    spans: dict[str, list[tuple[int, int, int]]] = {slug: [] for slug in days}
    for slug, first, last, count in rows:
        spans[slug].append((first, last, count))
    still = _number(now) + 1
    for each in came:
        if each.station in spans:
            spans[each.station].append((_number(each.by), still, each.listeners))
    return {
        slug: Listening(
            starts_at=starts_at,
            ends_at=ends_at,
            counts=_counts(spans[slug], starts_at, now),
            now=listen_now.get(slug),
            asked_at=now,
        )
        for slug, (starts_at, ends_at) in days.items()
    }


def _counts(
    spans: Iterable[tuple[int, int, int]], starts_at: datetime, now: datetime
) -> tuple[int, ...]:
    """Return how many spans cover each step from the day's start up to now."""
    offset, length = _number(starts_at), (now - starts_at) // STEP + 1
    changes = [0] * (length + 1)
    for first, last, count in spans:
        begins, ends = max(first - offset, 0), min(last - offset, length)
        if begins < ends:
            changes[begins] += count
            changes[ends] -= count
    return tuple(accumulate(changes[:-1]))


def _number(at: datetime) -> int:
    """Return how many steps have passed since 1970."""
    return int(at.timestamp()) // _STEP_SECONDS


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    # In UTC, in which the span between two instants is what has passed.
    return datetime.combine(day, time(), zone).astimezone(UTC)
