"""The commands and their help, for the volunteer who installs this on a Saturday."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from groundwave.patchbay.environment import Environment


app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="Live radio for public and community stations, on one machine.",
    epilog="Start with [bold]groundwave up[/bold]. If an encoder cannot connect, ask"
    " [bold]groundwave doctor[/bold].",
)

WHOLE = "The whole station"
PARTS = "Its parts, one by one"
CARE = "Looking after it"

_THE_REST = {"ignore_unknown_options": True, "allow_extra_args": True}

Demo = Annotated[
    bool, typer.Option("--demo/--no-demo", help="Keep the made-up demo station on air.")
]


@app.command(rich_help_panel=WHOLE)
def up(*, demo: Demo = True) -> None:
    """
    Put the whole station up: transmitter, site, worker and demo studio.

    Prepares the database, starts everything, starts again whatever stops, and says
    where to listen and what to do next. Ctrl-C stops it all.

    Everything it writes is in ./var (GROUNDWAVE_DATA). Pages are on port 8080
    (GROUNDWAVE_SITE_PORT), radio on port 8000 (GROUNDWAVE_AIR_PORT). Only this machine
    can connect until GROUNDWAVE_BIND is set, to 0.0.0.0 for everybody.
    """
    from groundwave.project.up.command import run_up

    raise typer.Exit(run_up(_environment(), demo=demo))


@app.command("source-key", rich_help_panel=WHOLE)
def source_key(
    station: Annotated[
        str, typer.Argument(help="The station's address, such as kgnd.")
    ],
    person: Annotated[
        str, typer.Option(help="Whose encoder it is; the log names them.")
    ] = "Studio",
    role: Annotated[
        str,
        typer.Option(
            help="studio is heard first, for whoever is live; main is the regular"
            " programme; backup is heard when the others are lost."
        ),
    ] = "studio",
) -> None:
    """
    Print a new key that lets an encoder on air, and what to type where.

    The key is shown this once and kept nowhere. Lost it? Issue another, and revoke the
    old one in the admin. Keys issued before go on working.
    """
    from groundwave.project.cli.source_key import issue

    raise typer.Exit(issue(_environment(), station, person=person, role=role))


@app.command(rich_help_panel=WHOLE)
def doctor() -> None:
    """
    Say in plain words what works, what does not, and what to do.

    Looks at the three processes, the ports, the disk, the clock and the codec, at what
    is on air, and at why encoders could not connect. Ends with 1 if something is wrong.
    """
    from groundwave.project.doctor import run_doctor

    raise typer.Exit(run_doctor(_environment()))


@app.command(rich_help_panel=PARTS)
def site(
    workers: Annotated[
        int, typer.Option(min=1, help="Processes that render pages.")
    ] = 1,
) -> None:
    """Serve the pages and the admin."""
    from groundwave.project.cli.site import serve

    serve(_environment(), workers=workers)


@app.command(rich_help_panel=PARTS)
def transmitter() -> None:
    """Be on air: take encoders in, serve listeners, keep the tape."""
    _become("-m", "groundwave.transmitter")


@app.command(rich_help_panel=PARTS)
def worker() -> None:
    """Do the site's background work, and tell the transmitter what it must know."""
    _become("-m", "groundwave", "manage", "worker")


@app.command(rich_help_panel=PARTS)
def demo(
    station: Annotated[
        str, typer.Option(help="The station to send to, by its address.")
    ] = "kgnd",
) -> None:
    """Send a made-up programme to the demo station, as any encoder would."""
    from groundwave.project.cli.demo import send

    raise typer.Exit(send(_environment(), station))


@app.command(rich_help_panel=CARE, add_help_option=False, context_settings=_THE_REST)
def bench(context: typer.Context) -> None:
    """Measure this machine, beside Icecast: groundwave bench --help says how."""
    from groundwave.project.bench.cli import bench as benches

    benches(context.args, prog_name="groundwave bench")


@app.command(rich_help_panel=CARE, add_help_option=False, context_settings=_THE_REST)
def manage(context: typer.Context) -> None:
    """Run one of Django's commands, such as groundwave manage createsuperuser."""
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "groundwave.project.settings")
    execute_from_command_line(["groundwave manage", *context.args])


def _environment() -> Environment:
    return Environment.read(os.environ)


def _become(*words: str) -> None:
    """Turn this process into another program, which then gets our signals."""
    os.execv(sys.executable, [sys.executable, *words])  # noqa: S606
