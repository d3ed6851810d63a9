"""Every subcommand: its words here, its work elsewhere."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from groundwave.patchbay.environment import Environment, EnvironmentUnusable


if TYPE_CHECKING:
    from groundwave.project.up.programs import Program


groundwave = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="A radio station on this machine: its air, its pages, its desk.\n\n"
    "Start with [bold]groundwave up[/bold]. Everything is kept in the folder "
    "GROUNDWAVE_DATA (var, if you do not set it).",
)

SETTINGS = ("DJANGO_SETTINGS_MODULE", "groundwave.project.settings")

# What follows the subcommand is somebody else's to understand, --help included.
_PASS_ON = {
    "allow_extra_args": True,
    "ignore_unknown_options": True,
    "allow_interspersed_args": False,
    "help_option_names": [],
}


class KeyRole(StrEnum):
    """The places in the chain that a key can open."""

    STUDIO = "studio"
    MAIN = "main"
    BACKUP = "backup"


@groundwave.command()
def up(
    demo: Annotated[
        bool,
        typer.Option(
            "--demo/--no-demo",
            help="On a new installation, open a made-up station and play its "
            "made-up programme; --no-demo leaves both out.",
        ),
    ] = True,
) -> None:
    """
    Run the whole station until Ctrl-C.

    Prepares the database, starts the transmitter, the site and the background work,
    and starts again whatever dies. On a new installation a demo station is on the air.
    """
    from rich.console import Console

    from groundwave.project.up.errors import NotStarted
    from groundwave.project.up.together import up as run

    try:
        status = run(_environment(), Console(), demo=demo)
    except NotStarted as reason:
        _give_up(str(reason))
    raise typer.Exit(status)


@groundwave.command()
def site() -> None:
    """
    Run the site alone: the pages and the admin.

    For machines where something else, such as systemd, watches over the parts.
    """
    from groundwave.project.up import programs

    _become(programs.SITE)


@groundwave.command()
def transmitter() -> None:
    """
    Run the transmitter alone: the air.

    It starts from the line-up it had last and needs neither the site nor the database.
    """
    from groundwave.project.up import programs

    _become(programs.TRANSMITTER)


@groundwave.command()
def worker() -> None:
    """
    Run the site's background work alone.

    It tells the transmitter what changed, and stores what the transmitter counted.
    """
    _manage(["worker"])


@groundwave.command()
def demo(
    station: Annotated[
        str, typer.Argument(help="The station's address: kgnd.")
    ] = "kgnd",
) -> None:
    """
    Run the demo studio alone: an encoder that plays a made-up programme.

    It goes on air with the key that [bold]groundwave up[/bold] made for it.
    """
    from groundwave.project.demo.key import kept_key
    from groundwave.project.demo.studio import run_studio

    environment = _environment()
    key = kept_key(environment)
    if not key:
        _give_up(
            f"There is no demo studio in {environment.data}. On a new installation "
            "`groundwave up` makes one."
        )
    run_studio(environment, station=station, key=key)


@groundwave.command("source-key")
def source_key(
    station: Annotated[str, typer.Argument(help="The station's address: kgnd.")],
    person: Annotated[
        str,
        typer.Option(
            help="Whose encoder it is; the log of what happened on the air names them."
        ),
    ] = "The studio",
    role: Annotated[
        KeyRole,
        typer.Option(
            help="studio is heard first, for whoever is live; main is the regular "
            "programme; backup is heard when the others are lost."
        ),
    ] = KeyRole.STUDIO,
) -> None:
    """
    Let an encoder on the air: issue a source key and print it, this once.

    Prints what to type into BUTT, Mixxx, Liquidsoap and ffmpeg as well.
    """
    data = _environment().data
    if not data.exists():  # and looking for it would make one
        _give_up(
            f"There is no station in {data}. Run this where `groundwave up` ran, or set "
            "GROUNDWAVE_DATA to the station's folder."
        )
    _start_django()
    from groundwave.project.cli.source_key import Unissued, print_new_key

    try:
        print_new_key(station, person=person, role=role)
    except Unissued as reason:
        _give_up(str(reason))


@groundwave.command()
def doctor() -> None:
    """
    Say in plain words what is wrong, and what to do about it.

    Why an encoder could not connect, what is not on the air, what is not on tape.
    """
    from groundwave.project.doctor import run_doctor

    raise typer.Exit(run_doctor(_environment()))


@groundwave.command(context_settings=_PASS_ON)
def bench(context: typer.Context) -> None:
    """
    Measure what we promise, beside Icecast where there is a comparison.

    [bold]groundwave bench --help[/bold] lists the measurements.
    """
    from groundwave.project.bench.cli import bench as benches

    benches(context.args, prog_name="groundwave bench")


@groundwave.command(context_settings=_PASS_ON)
def syndication(context: typer.Context) -> None:
    """
    Look into the documents in which stories travel between stations.

    [bold]groundwave syndication validate[/bold] says what is wrong with one.
    """
    from groundwave.project.validating.cli import syndication as looks

    looks(context.args, prog_name="groundwave syndication")


@groundwave.command(context_settings=_PASS_ON)
def manage(context: typer.Context) -> None:
    """
    Run one of Django's or Wagtail's own commands.

    [bold]groundwave manage help[/bold] lists them; [bold]groundwave manage
    migrate[/bold] brings the database up to date.
    """
    _manage(context.args)


def _manage(words: list[str]) -> None:
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    _environment()
    os.environ.setdefault(*SETTINGS)
    try:
        execute_from_command_line(["groundwave manage", *words])
    except ImproperlyConfigured as reason:
        _give_up(str(reason))


def _start_django() -> None:
    import django
    from django.core.exceptions import ImproperlyConfigured

    _environment()
    os.environ.setdefault(*SETTINGS)
    try:
        django.setup()
    except ImproperlyConfigured as reason:
        _give_up(str(reason))


def _environment() -> Environment:
    try:
        return Environment.read(os.environ)
    except EnvironmentUnusable as reason:
        _give_up(str(reason))


def _become(program: Program) -> NoReturn:
    from groundwave.project.up.programs import variables

    os.execve(sys.executable, program.command, variables(_environment()))  # noqa: S606


def _give_up(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    raise typer.Exit(1)
