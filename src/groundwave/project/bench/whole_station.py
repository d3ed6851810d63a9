"""The whole station as ``groundwave up`` runs it, with its demo studio on the air."""

from __future__ import annotations

import asyncio
import http.client
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from groundwave.project.bench.errors import Unmeasurable
from groundwave.project.bench.server import HOST, last_words, process


# A first start makes a database and collects the site's files.
START_SECONDS = 120.0
# A player enters the tape three segments before its end.
SEGMENTS = 4
LOOK_SECONDS = 0.5
ANSWER_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class OnAir:
    """A running station: the process over all others, and where it is heard."""

    pid: int
    mount: str


@asynccontextmanager
async def whole_station(
    folder: Path, *, site_port: int, air_port: int, air_url: str
) -> AsyncIterator[OnAir]:
    """
    Run it with *folder* for its data; its pages say that its sound is at *air_url*.

    The block begins once there is enough on the tape to tune in as on any day.

    Raises:
        Unmeasurable: it did not come up, or is not heard.
    """
    variables = {
        "GROUNDWAVE_DATA": str(folder / "data"),
        "GROUNDWAVE_BIND": HOST,
        "GROUNDWAVE_SITE_PORT": str(site_port),
        "GROUNDWAVE_AIR_PORT": str(air_port),
        "GROUNDWAVE_AIR_URL": air_url,
    }
    log = folder / "up.log"
    command = (sys.executable, "-P", "-m", "groundwave", "up")
    async with process(
        command, port=site_port, log=log, environment=variables, patience=START_SECONDS
    ) as pid:
        await _until_on_tape(air_port, log)
        yield OnAir(pid, f"/{_heard(air_port)[0]}.mp3")


async def _until_on_tape(air_port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while await asyncio.to_thread(_segments, air_port) < SEGMENTS:
        if time.monotonic() > deadline:
            raise Unmeasurable(f"The demo station is not heard. {last_words(log)}")
        await asyncio.sleep(LOOK_SECONDS)


class _Heard(msgspec.Struct):
    on_air: str | None


class _Health(msgspec.Struct):
    stations: dict[str, _Heard]


def _segments(air_port: int) -> int:
    """Return how many segments are on the tape; none while the studio is not heard."""
    try:
        heard = _heard(air_port)
        playlists = [_fetched(air_port, f"/{slug}/high/live.m3u8") for slug in heard]
    except (OSError, http.client.HTTPException, msgspec.DecodeError):
        return 0
    return min((each.count(b".m4s") for each in playlists), default=0)


def _heard(air_port: int) -> list[str]:
    health = msgspec.json.decode(_fetched(air_port, "/health"), type=_Health)
    return [slug for slug, each in health.stations.items() if each.on_air]


def _fetched(port: int, path: str) -> bytes:
    connection = http.client.HTTPConnection(HOST, port, timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", path)
        return connection.getresponse().read()
    finally:
        connection.close()
