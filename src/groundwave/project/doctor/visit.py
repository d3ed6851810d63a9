"""The doctor's round: look at everything, say it, and end with 1 if anything is wrong."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from groundwave.patchbay.environment import Environment
from groundwave.patchbay.messages import Status
from groundwave.project.doctor import air, machine, programs
from groundwave.project.doctor.attempts import could_not_connect
from groundwave.project.doctor.finding import Finding, Level, note
from groundwave.project.up.addresses import reachable
from groundwave.project.up.holder import holder_of


_MARKS = {
    Level.GOOD: ("✓", "green"),
    Level.NOTE: ("•", "yellow"),
    Level.WRONG: ("✗", "bold red"),
}


def run_doctor(environment: Environment) -> int:
    """Look at everything and say what was found; return 1 if something is wrong."""
    console = Console(highlight=False)
    with console.status("The doctor looks around"):
        wards = list(round_of(environment))
    is_well = True
    for name, findings in wards:
        console.print(Text(name, style="bold"))
        for finding in findings:
            _show(console, finding)
            is_well &= finding.level is not Level.WRONG
    console.print(_verdict(is_well=is_well))
    return 0 if is_well else 1


def round_of(environment: Environment) -> Iterable[tuple[str, list[Finding]]]:
    """Yield what is looked at, with what was found there."""
    state = programs.ask_status(environment)
    status = state if isinstance(state, Status) else None
    host = reachable(environment.bind)
    health = programs.ask_health(host, environment.air_port)
    pages = programs.ask_health(host, environment.site_port)
    yield (
        "Programs",
        [
            programs.transmitter(
                environment, health, state, holder_of(environment.air_port)
            ),
            programs.site(environment, pages, holder_of(environment.site_port)),
            *filter(None, [programs.worker(state, lineup_edition(environment))]),
        ],
    )
    stations = len(status.stations) if status else 1
    yield (
        "Machine",
        [
            machine.disk(environment.data, stations=stations),
            machine.clock(
                datetime.now(UTC),  # noqa: TID251 -- the edge: a person asks
                transmitter_now=status.at if status else None,
            ),
            machine.codec(),
        ],
    )
    yield "On air", list(air.on_air(status)) if status else [_UNKNOWN]
    yield "Encoders", list(could_not_connect(status)) if status else [_UNKNOWN]


_UNKNOWN = note("Nothing is known while the transmitter is not up.")


def lineup_edition(environment: Environment) -> int | None:
    """Return the edition of the line-up in the database, if it can be read."""
    if not (environment.data / "secret").exists():
        return None  # there is no site yet, and looking must not make one
    import django
    from django.db import DatabaseError

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "groundwave.project.settings")
    django.setup()
    from groundwave.stations.models import Transmission

    try:
        return Transmission.objects.edition()
    except DatabaseError:
        return None


def _show(console: Console, finding: Finding) -> None:
    mark, color = _MARKS[finding.level]
    lines = Table.grid(padding=(0, 1, 0, 0))
    lines.add_row("", Text(mark, color), Text(finding.sentence))
    if finding.what_to_do:
        lines.add_row("", "", Text(f"→ {finding.what_to_do}"))
    console.print(lines)


def _verdict(*, is_well: bool) -> Text:
    if is_well:
        return Text("All is well.", style="bold green")
    return Text("Something is wrong: do what the arrows under ✗ say.", style="bold red")
