"""
``groundwave bench``: the numbers we defend, on this machine.

Every command ends with status 1 where a line was not met, or could not be measured.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console

from groundwave.project.bench import (
    fanout,
    first_sound,
    importing,
    report,
    soak,
    storm,
    story,
    surge,
)
from groundwave.project.bench.errors import Unmeasurable
from groundwave.project.bench.shaping import Shape
from groundwave.project.bench.verdict import Result
from groundwave.project.bench.watch import Watch


R = TypeVar("R", bound=Result)

bench = typer.Typer(
    no_args_is_help=True,
    help="Measure what we promise, beside Icecast where there is a comparison. "
    "Everything stays on this machine and stops by itself.",
)

Json = Annotated[
    Path | None, typer.Option("--json", help="Write the result to this file as well.")
]


@bench.command("fanout")
def fanout_command(
    listeners: Annotated[int, typer.Option(min=1, max=15_000)] = 4_000,
    seconds: Annotated[
        float, typer.Option(min=1, max=3_600, help="Measured, for each round.")
    ] = 60,
    rounds: Annotated[
        int, typer.Option(min=1, max=20, help="Turns of ours and Icecast's.")
    ] = 2,
    titles: Annotated[
        bool | None,
        typer.Option(
            "--titles/--no-titles",
            help="Only listeners who ask for titles, or only those who do not. "
            "Without this: first one, then the other.",
        ),
    ] = None,
    json: Json = None,
) -> None:
    """
    Compare what one more listener costs with what it costs Icecast.

    Ours and Icecast take turns with the same sound and the same listeners. Needs
    icecast2 and ffmpeg; takes about a quarter of an hour as it stands.
    """
    icy = (False, True) if titles is None else (titles,)
    plan = fanout.Plan(listeners, seconds, rounds, icy)
    _carry_out(
        lambda watch: fanout.run(plan, watch), report.show_fanout, plan.takes, json
    )


@bench.command("storm")
def storm_command(
    listeners: Annotated[int, typer.Option(min=1, max=15_000)] = 10_000,
    hold: Annotated[
        float,
        typer.Option(min=1, max=600, help="Seconds to watch for drop-outs afterwards."),
    ] = 30,
    alone: Annotated[
        bool, typer.Option("--alone", help="Leave Icecast and its two minutes out.")
    ] = False,
    json: Json = None,
) -> None:
    """
    Let everybody tune in at once, and wait until each has heard a second of sound.

    Icecast stands beside ours and is given two minutes. Needs ffmpeg, and
    icecast2 for the comparison.
    """
    plan = storm.Plan(listeners, hold, alone)
    _carry_out(
        lambda watch: storm.run(plan, watch), report.show_storm, plan.takes, json
    )


@bench.command("soak")
def soak_command(
    minutes: Annotated[float, typer.Option(min=0.5, max=24 * 60)] = 20,
    listeners: Annotated[
        int,
        typer.Option(min=1, max=2_000, help="Places; people take turns in them."),
    ] = 300,
    json: Json = None,
    plot: Annotated[
        Path | None,
        typer.Option("--plot", help="Draw memory and open files as an SVG here."),
    ] = None,
) -> None:
    """
    Let a public and its encoders come and go, and see whether anything grows.

    Listeners, HLS players, open pages and people who only send noise; encoders
    that are cut, fall silent and are replaced. Needs ffmpeg.
    """
    plan = soak.Plan(minutes, listeners)

    def show(result: soak.SoakResult, console: Console) -> None:
        report.show_soak(result, console)
        if plot is not None:
            plot.parent.mkdir(parents=True, exist_ok=True)
            plot.write_text(soak.figure(result))

    _carry_out(lambda watch: soak.run(plan, watch), show, plan.takes, json)


@bench.command("first-sound")
def first_sound_command(
    visits: Annotated[
        int, typer.Option(min=1, max=200, help="First visits, each with one tap.")
    ] = 10,
    megabits: Annotated[
        float, typer.Option(min=0.1, max=1_000, help="A second, each way.")
    ] = 40,
    round_trip: Annotated[
        float, typer.Option(min=0, max=2_000, help="Milliseconds there and back.")
    ] = 50,
    alone: Annotated[
        bool, typer.Option("--alone", help="Leave Icecast and its page out.")
    ] = False,
    json: Json = None,
) -> None:
    """
    Press Play on a line as a household has it, and wait for the first sound.

    The whole station with its page, and Icecast beside a page with nothing but an
    audio element. Needs Chromium, Playwright and ffmpeg; icecast2 for the comparison.
    """
    plan = first_sound.Plan(visits, Shape(megabits, round_trip / 1000), alone)
    _carry_out(
        lambda watch: first_sound.run(plan, watch),
        report.show_first_sound,
        plan.takes,
        json,
    )


@bench.command("story")
def story_command(
    path: Annotated[str, typer.Option(help="The page, one of the demo's.")] = "/",
    connections: Annotated[int, typer.Option(min=1, max=1_000)] = 64,
    seconds: Annotated[
        float, typer.Option(min=1, max=600, help="Measured, for each load.")
    ] = 10,
    rounds: Annotated[
        int, typer.Option(min=1, max=20, help="Turns of ours and nginx's.")
    ] = 3,
    json: Json = None,
) -> None:
    """
    Ask for one page as fast as it is answered: ours, and nginx with the same bytes.

    Each server has one core, the driver the others. What the site does without its
    edition stands beside them. Needs nginx and wrk; takes about four minutes.
    """
    plan = story.Plan(path, connections, seconds, rounds)
    _carry_out(
        lambda watch: story.run(plan, watch), report.show_story, plan.takes, json
    )


@bench.command("surge")
def surge_command(
    listeners: Annotated[int, typer.Option(min=1, max=15_000)] = 5_000,
    pages: Annotated[
        int, typer.Option(min=1, max=15_000, help="Open pages that wait to be told.")
    ] = 5_000,
    seconds: Annotated[
        float, typer.Option(min=1, max=3_600, help="Over which updates are published.")
    ] = 60,
    updates: Annotated[int, typer.Option(min=1, max=100)] = 10,
    json: Json = None,
) -> None:
    """
    Publish updates of a story while everybody listens, reads, and comes to read.

    The whole station, with listeners on the air, pages open, and the story asked for as
    fast as the site answers. Needs wrk.
    """
    plan = surge.Plan(listeners, pages, seconds, updates)
    _carry_out(
        lambda watch: surge.run(plan, watch), report.show_surge, plan.takes, json
    )


@bench.command("import")
def import_command(
    documents: Annotated[
        int, typer.Option(min=1, max=20_000, help="Imported each time.")
    ] = 2_000,
    stories: Annotated[
        int,
        typer.Option(
            min=10,
            max=1_000_000,
            help="Among so many in the end, among a tenth of them, and among none.",
        ),
    ] = 100_000,
    json: Json = None,
) -> None:
    """
    Import stories from a network, have all of them changed, and let the archive grow.

    A made-up network on this machine; stories with a photo, a sound and a biography.
    Needs about ten gigabytes where temporary files are; takes most of an hour.
    """
    plan = importing.Plan(documents, stories)
    _carry_out(
        lambda watch: importing.run(plan, watch), report.show_import, plan.takes, json
    )


def _carry_out(
    run: Callable[[Watch], Awaitable[R]],
    show: Callable[[R, Console], None],
    takes: float,
    json: Path | None,
) -> None:
    console = Console()
    try:
        _require_linux()
        with Watch(console, takes) as watch:
            result = asyncio.run(_until_stopped(run(watch)))
    except (KeyboardInterrupt, asyncio.CancelledError):
        console.print("Stopped; everything that was started has been ended.")
        raise typer.Exit(1) from None
    except Unmeasurable as reason:
        console.print(f"[red]Nothing was measured.[/red] {reason}", highlight=False)
        raise typer.Exit(1) from None
    if json is not None:
        report.keep(result, json)
    show(result, console)
    raise typer.Exit(0 if result.met else 1)


def _require_linux() -> None:
    if sys.platform != "linux":
        raise Unmeasurable("The bench reads /proc and uses epoll; run it on Linux.")


async def _until_stopped(awaitable: Awaitable[R]) -> R:
    """Take SIGTERM as Ctrl-C is taken: what was started is ended first."""
    if task := asyncio.current_task():
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await awaitable
