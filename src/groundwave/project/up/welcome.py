"""What ``up`` says once everything is up: in sentences, for whoever started it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from rich.console import Group
from rich.text import Text

from groundwave.patchbay.environment import Environment
from groundwave.project.up.addresses import reached_at, web_address
from groundwave.project.up.told import SiteReady


class Notice(NamedTuple):
    """A sentence, and what to open or type, on a line of its own to be copied."""

    sentence: str
    copy: str = ""


def banner(
    environment: Environment,
    ready: SiteReady,
    variables: Mapping[str, str],
    *,
    live: Collection[str],
) -> Group:
    """
    Return the sentences.

    *variables* may name the station's public addresses. *live* holds the slugs of the
    stations that are on the air with more than their standby sound.
    """
    host = reached_at(environment.bind)
    site = variables.get("GROUNDWAVE_SITE_URL") or web_address(
        host, environment.site_port
    )
    air = variables.get("GROUNDWAVE_AIR_URL") or web_address(host, environment.air_port)
    notices = _notices(ready, site.rstrip("/"), air.rstrip("/"))
    return Group(
        Text(),
        Text(f"  {_heading(ready, live)}", style="bold"),
        *(line for notice in notices for line in _lines(notice)),
        Text(),
    )


def _lines(notice: Notice) -> Iterator[Text]:
    yield Text(f"  {notice.sentence}")
    if notice.copy:
        yield Text(f"      {notice.copy}", style="bold")


def _heading(ready: SiteReady, live: Collection[str]) -> str:
    if not ready.stations:
        return "Groundwave is up, and has no station yet."
    on_air = [station.name for station in ready.stations if station.slug in live]
    waiting = [station.name for station in ready.stations if station.slug not in live]
    return " ".join(
        [
            *_of(on_air, "is on the air", "are on the air"),
            *_of(waiting, "waits for its encoder", "wait for their encoders"),
        ]
    )


def _of(names: list[str], one: str, several: str) -> Iterator[str]:
    if names:
        yield f"{', '.join(names)} {one if len(names) == 1 else several}."


def _notices(ready: SiteReady, site: str, air: str) -> Iterator[Notice]:
    if ready.stations:
        yield Notice("To listen, open this page and press Play Live Radio:", f"{site}/")
    for station in ready.stations:
        yield Notice(
            f"Radios and music programs find {station.name} here:",
            f"{air}/{station.slug}.mp3",
        )
    if ready.welcome:
        yield Notice(
            "To become the administrator, open this link, which works once:",
            f"{site}{ready.welcome}",
        )
    else:
        yield Notice("To run the station, sign in:", f"{site}/admin/")
    if ready.stations:
        yield Notice(
            "To go on air, ask for a key in another window:",
            f"{shown_command()} source-key {ready.stations[0].slug}",
        )
    yield Notice("To stop everything, press Ctrl-C here.")


def shown_command() -> str:
    """Return how to call ``groundwave`` from where the person is."""
    if shutil.which("groundwave"):
        return "groundwave"
    return os.path.relpath(Path(sys.executable).with_name("groundwave"))
