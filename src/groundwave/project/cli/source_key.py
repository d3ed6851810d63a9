"""``groundwave source-key``: a new key, shown once, with where to type it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from rich.console import Console
from rich.text import Text

from groundwave.patchbay.errors import PatchbayError
from groundwave.people.actions import person_named
from groundwave.project.up.addresses import reached_at
from groundwave.stations import air
from groundwave.stations.actions import IssuedKey, issue_source_key
from groundwave.stations.address import Socket
from groundwave.stations.encoders import EncoderHelp, encoder_helps
from groundwave.stations.models import Station, Transmission


class Unissued(Exception):
    """No key was issued; the sentence says what to do."""


def print_new_key(slug: str, *, person: str, role: str) -> None:
    """
    Issue a key for the station at *slug* and print it with its settings.

    Raises:
        Unissued: there is no such station, or no database.
    """
    # Whether the transmitter knows is said below, in words.
    logging.getLogger("groundwave").setLevel(logging.ERROR)
    station = _station(slug)
    issued = issue_source_key(
        station, person=person_named(person), role=role, by=None, now=timezone.now()
    )
    console = Console(highlight=False, soft_wrap=True)
    for line in _lines(station, issued):
        console.print(line)


def _station(slug: str) -> Station:
    try:
        stations = {station.slug: station for station in Station.objects.all()}
    except DatabaseError as trouble:
        raise Unissued(
            f"The database in {settings.GROUNDWAVE.data} cannot be read ({trouble}). "
            "Run `groundwave up` once, or set GROUNDWAVE_DATA to the station's folder."
        ) from trouble
    if slug in stations:
        return stations[slug]
    known = ", ".join(stations) or "none yet"
    raise Unissued(
        f"There is no station {slug!r} in {settings.GROUNDWAVE.data}; there is: "
        f"{known}. Say which, or open it in the admin first."
    )


def _lines(station: Station, issued: IssuedKey) -> Iterator[Text | str]:
    at = _air_socket()
    place = issued.source_key.role
    yield f"A key of {station.name} for {issued.source_key.person}, as {place}:"
    yield ""
    yield Text(f"  {issued.key}", style="bold")
    yield ""
    yield "It is shown this once; nobody can read it again. " + _when_it_works()
    for program in encoder_helps(station.slug, station.name, issued.key, at):
        yield ""
        yield from _program_lines(program)
    yield ""
    yield (
        "Keep it to yourself: whoever has it can go on air. It can be revoked in the "
        "admin."
    )


def _program_lines(program: EncoderHelp) -> Iterator[Text | str]:
    yield Text.assemble((program.name, "bold"), f": {program.where}")
    width = max((len(label) for label, _ in program.fields), default=0)
    for label, value in program.fields:
        yield Text(f"  {label:<{width}}  {value}")
    for line in program.text.splitlines():
        yield Text(f"  {line}")


def _when_it_works() -> str:
    try:
        is_known = air.ask_status().edition >= Transmission.objects.edition()
    except PatchbayError:
        return "The transmitter is not running; the key works once it is."
    if is_known:
        return "It works from now on."
    return "The transmitter learns of it in a moment."


def _air_socket() -> Socket:
    """Return where an encoder connects."""
    if not settings.GROUNDWAVE_AIR_URL:
        here = settings.GROUNDWAVE
        return Socket(reached_at(here.bind), here.air_port)
    parts = urlsplit(settings.GROUNDWAVE_AIR_URL)
    implied = 443 if parts.scheme == "https" else 80
    return Socket(parts.hostname or "localhost", parts.port or implied)
