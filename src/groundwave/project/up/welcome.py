"""What ``up`` says once everything is up: in sentences, for whoever started it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from rich.console import Group
from rich.text import Text

from groundwave.patchbay.environment import Environment
from groundwave.project.up.addresses import reached_at, web_address
from groundwave.project.up.told import SiteReady


def banner(
    environment: Environment, ready: SiteReady, variables: Mapping[str, str]
) -> Group:
    """Return the sentences; *variables* may name the station's public addresses."""
    host = reached_at(environment.bind)
    site = variables.get("GROUNDWAVE_SITE_URL") or web_address(
        host, environment.site_port
    )
    air = variables.get("GROUNDWAVE_AIR_URL") or web_address(host, environment.air_port)
    return Group(
        Text(),
        Text(f"  {_heading(ready)}", style="bold"),
        *(Text(f"  {each}") for each in _sentences(ready, site.rstrip("/"), air)),
        Text(),
    )


def _heading(ready: SiteReady) -> str:
    names = [station.name for station in ready.stations]
    if not names:
        return "Groundwave is up, and has no station yet."
    verb = "is" if len(names) == 1 else "are"
    return f"{', '.join(names)} {verb} on the air."


def _sentences(ready: SiteReady, site: str, air: str) -> Iterator[str]:
    if ready.stations:
        yield f"To listen, open {site}/ and press Play Live Radio."
    for station in ready.stations:
        where = f"{air.rstrip('/')}/{station.slug}.mp3"
        yield f"Music programs and radios tune in to {station.name} at {where}"
    if ready.welcome:
        yield (
            "To become its administrator, open this link, which works once: "
            f"{site}{ready.welcome}"
        )
    else:
        yield f"To run the station, sign in at {site}/admin/"
    if ready.stations:
        slug = ready.stations[0].slug
        yield f"To go on air yourself, run: {shown_command()} source-key {slug}"
    yield "Ctrl-C stops everything."


def shown_command() -> str:
    """Return how to call ``groundwave`` from where the person is."""
    if shutil.which("groundwave"):
        return "groundwave"
    return os.path.relpath(Path(sys.executable).with_name("groundwave"))
