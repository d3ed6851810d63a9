"""Whether a half of the station answers, and who is heard: asked at ``/health``."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable, Iterable
from typing import NamedTuple

import msgspec

from groundwave.patchbay.messages import Role


LOOK_SECONDS = 0.1
ANSWER_SECONDS = 5.0
PATIENCE_SECONDS = 60.0


class Door(NamedTuple):
    """A port that answers ``/health`` once *name* can do its work."""

    name: str
    host: str
    port: int


class Heard(msgspec.Struct):
    """What is heard on one station."""

    on_air: Role | None


class Air(msgspec.Struct):
    """What of the transmitter's ``/health`` is asked for."""

    stations: dict[str, Heard]


def until_open(
    doors: Iterable[Door], stop: threading.Event, impatient: Callable[[Door], None]
) -> bool:
    """
    Wait until all *doors* answer, or return ``False`` when *stop* is set.

    *impatient* is called once for each that takes longer than a minute.
    """
    return all(_until_one_opens(door, stop, impatient) for door in doors)


def _until_one_opens(
    door: Door, stop: threading.Event, impatient: Callable[[Door], None]
) -> bool:
    patient_until = time.monotonic() + PATIENCE_SECONDS
    told = False
    while not is_open(door):
        if stop.wait(LOOK_SECONDS):
            return False
        if not told and time.monotonic() > patient_until:
            impatient(door)
            told = True
    return True


def is_open(door: Door) -> bool:
    """Return whether the door's ``/health`` answers 200."""
    return _health(door) is not None


def sending(transmitter: Door) -> frozenset[str]:
    """Return the slugs of the stations on which more than standby is heard."""
    try:
        air = msgspec.json.decode(_health(transmitter) or b"", type=Air)
    except msgspec.DecodeError:
        return frozenset()
    away = {None, Role.STANDBY}
    return frozenset(s for s, heard in air.stations.items() if heard.on_air not in away)


def _health(door: Door) -> bytes | None:
    line = http.client.HTTPConnection(door.host, door.port, timeout=ANSWER_SECONDS)
    try:
        line.request("GET", "/health")
        answer = line.getresponse()
        return answer.read() if answer.status == http.client.OK else None
    except (OSError, http.client.HTTPException):
        return None
    finally:
        line.close()
