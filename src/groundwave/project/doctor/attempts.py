"""Why encoders could not connect, from their last attempts; newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from groundwave.patchbay.messages import Attempt, StationStatus, Status
from groundwave.project.doctor.called import called
from groundwave.project.doctor.finding import Finding, good, note, wrong


# An encoder that has not tried for so long has been put right or put away.
OVER_AFTER = timedelta(hours=1)
ACCEPTED = "accepted"


class Trouble(NamedTuple):
    """What makes attempts alike."""

    address: str
    mount: str
    agent: str
    outcome: str


def could_not_connect(status: Status) -> Iterator[Finding]:
    """Say of every encoder that failed why, how often and what to do."""
    found = list(_grouped(status.attempts))
    for trouble, attempts in found:
        yield _finding(status, trouble, attempts)
    if not found:
        yield good("No encoder was turned away lately.")


def _grouped(attempts: Iterable[Attempt]) -> Iterator[tuple[Trouble, list[Attempt]]]:
    """Put failed attempts that are alike together; those of the newest come first."""
    groups: dict[Trouble, list[Attempt]] = {}
    for attempt in sorted(attempts, key=_when, reverse=True):
        if attempt.outcome != ACCEPTED:
            trouble = Trouble(
                attempt.address, attempt.mount, attempt.agent, attempt.outcome
            )
            groups.setdefault(trouble, []).append(attempt)
    yield from groups.items()


def _finding(status: Status, trouble: Trouble, attempts: list[Attempt]) -> Finding:
    newest = attempts[0]
    what = (
        f"{_encoder(trouble)}: {_headline(trouble)}, {_how_often(attempts, status.at)}."
    )
    if _came_on_air_since(status.attempts, newest):
        return note(f"{what} It has come on air since.")
    advice = " ".join(filter(None, [newest.sentence, _hint(status, trouble)]))
    if status.at - newest.at > OVER_AFTER:
        return note(what, advice)
    return wrong(what, advice)


def _came_on_air_since(attempts: Iterable[Attempt], failed: Attempt) -> bool:
    return any(
        attempt.outcome == ACCEPTED
        and attempt.at > failed.at
        and _encoder_of(attempt) == _encoder_of(failed)
        for attempt in attempts
    )


def _encoder_of(attempt: Attempt) -> tuple[str, str, str]:
    """
    Tell encoders apart; two of one program may stand on one machine.

    Not by the username: many first ask without one.
    """
    return attempt.address, attempt.agent, _slug(attempt.mount)


def _encoder(trouble: Trouble) -> str:
    agent = (
        f"{trouble.agent} at {trouble.address}" if trouble.agent else trouble.address
    )
    return f"{agent}, to {trouble.mount}" if trouble.mount else agent


def _headline(trouble: Trouble) -> str:
    return trouble.outcome.replace("_", " ")


def _how_often(attempts: list[Attempt], now: datetime) -> str:
    ago = _ago(now - attempts[0].at)
    if len(attempts) == 1:
        return ago
    return f"{len(attempts)} times, last {ago}"


def _ago(span: timedelta) -> str:
    seconds = max(0, round(span.total_seconds()))
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            number = seconds // size
            return f"{number} {unit}{'s' if number > 1 else ''} ago"
    return "just now" if seconds < 10 else f"{seconds} seconds ago"


def _hint(status: Status, trouble: Trouble) -> str:
    """Add what only the person at this machine can do about it."""
    match trouble.outcome:
        case "unknown_mount":
            mounts = ", ".join(f"/{station.slug}" for station in status.stations)
            return f"The mountpoints here: {mounts}." if mounts else ""
        case "wrong_key" | "needs_password":
            station = _station(status, trouble.mount)
            slug = station.slug if station else "STATION"
            return f"{called()} source-key {slug} prints a new key."
        case "mount_taken":
            return _connected(_station(status, trouble.mount))
        case _:
            return ""


def _station(status: Status, mount: str) -> StationStatus | None:
    return next((one for one in status.stations if one.slug == _slug(mount)), None)


def _slug(mount: str) -> str:
    """Return the station that *mount* means: ``/kgnd``, or ``/kgnd.mp3``."""
    return mount.strip("/").partition(".")[0]


def _connected(station: StationStatus | None) -> str:
    if station is None:
        return ""
    encoders = [
        f"{source.person or 'somebody'} from {source.address} as {source.role.value}"
        for source in station.sources
        if source.connected and source.address
    ]
    return f"Connected now: {', '.join(encoders)}." if encoders else ""


def _when(attempt: Attempt) -> datetime:
    return attempt.at
