"""``groundwave source-key``: a key, shown once, and what to type into which encoder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import django
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from groundwave.patchbay.environment import Environment
from groundwave.project.up.addresses import known_as


if TYPE_CHECKING:
    from groundwave.stations.encoders import EncoderHelp
    from groundwave.stations.models import Station


class NoKey(Exception):
    """No key was issued; the text says what to do."""


def issue(environment: Environment, slug: str, *, person: str, role: str) -> int:
    """Issue a key for *person* on the station *slug*; return the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "groundwave.project.settings")
    django.setup()
    console = Console(highlight=False)
    try:
        station = find_station(slug)
        check_role(role)
    except NoKey as reason:
        console.print(str(reason))
        return 1
    _show(console, environment, station, _issued(station, person, role), role)
    return 0


def find_station(slug: str) -> Station:
    """
    Return the station at the address *slug*.

    Raises:
        NoKey: there is none, or no database; says which stations there are.
    """
    from django.db import DatabaseError

    from groundwave.stations.models import Station

    try:
        stations = {station.slug: station for station in Station.objects.all()}
    except DatabaseError as trouble:
        raise NoKey(
            "The database is not ready. Start groundwave up once and ask again."
        ) from trouble
    if slug.strip("/") not in stations:
        known = f"choose {', '.join(stations)}" if stations else "add one in the admin"
        raise NoKey(f"There is no station {slug!r}; {known}.")
    return stations[slug.strip("/")]


def check_role(role: str) -> None:
    """
    Make sure that a key can have *role*.

    Raises:
        NoKey: it cannot; says which it can have.
    """
    from groundwave.stations.models.source_key import SourceRole

    if role not in SourceRole.values:
        raise NoKey(
            f"There is no role {role!r}; choose {', '.join(SourceRole.values)}."
        )


def _issued(station: Station, person: str, role: str) -> str:
    from django.utils import timezone

    from groundwave.people.actions import person_named
    from groundwave.stations.actions import issue_source_key

    return issue_source_key(
        station, person=person_named(person), role=role, by=None, now=timezone.now()
    ).key


def _show(
    console: Console, environment: Environment, station: Station, key: str, role: str
) -> None:
    from groundwave.stations.address import Socket
    from groundwave.stations.encoders import encoder_helps

    console.print(f"A key for {station.name}, in the place of {role}:\n")
    console.print(Text(f"    {key}", style="bold green"), soft_wrap=True)
    console.print(
        "\nIt is shown this once: copy it now. It is the password of the encoder; revoke"
        " it in the admin when it is no longer needed.\n"
    )
    at = Socket(known_as(environment.bind), environment.air_port)
    for help_ in encoder_helps(station.slug, station.name, key, at):
        _show_encoder(console, help_)


def _show_encoder(console: Console, help_: EncoderHelp) -> None:
    console.print(Text.assemble((help_.name, "bold"), f": {help_.where}"))
    fields = Table.grid(padding=(0, 2))
    for label, text in help_.fields:
        fields.add_row(label, Text(text, style="bold"))
    if help_.fields:
        console.print(Padding(fields, (0, 0, 0, 4)))
    for line in help_.text.splitlines():
        # Never wrapped: it is there to be copied.
        console.print(Text(f"    {line}", style="bold"), soft_wrap=True)
    console.print()
