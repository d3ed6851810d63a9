"""``groundwave up``, from an empty folder to a station on the air."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys

from groundwave.patchbay.environment import Environment
from groundwave.project.up.banner import banner
from groundwave.project.up.errors import NotPrepared, NotStarted
from groundwave.project.up.lock import held
from groundwave.project.up.parts import all_parts
from groundwave.project.up.ports import check_ports
from groundwave.project.up.prepared import Prepared
from groundwave.project.up.supervision import Supervisor
from groundwave.project.up.window import Window


def run_up(environment: Environment, *, demo: bool) -> int:
    """Put the whole station up until Ctrl-C; return the exit status."""
    window = Window()
    try:
        with held(environment.data):
            check_ports(environment)
            window.say(f"Groundwave comes up; its data is in {environment.data}.")
            prepared = prepare(demo=demo)
            asyncio.run(_supervise(environment, prepared, window))
    except NotStarted as reason:
        window.say(str(reason))
        return 1
    except KeyboardInterrupt:
        window.say("Stopped before anything was started.")
        return 130
    return 0


def prepare(*, demo: bool) -> Prepared:
    """
    Make the site's data ready, in a process of its own.

    Raises:
        NotPrepared: it could not be; what it said is on the screen.
    """
    command = [sys.executable, "-m", "groundwave.project.up.preparation"]
    command += [] if demo else ["--no-demo"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise NotPrepared(
            "The database could not be prepared; the lines above say why. Nothing was"
            " started."
        )
    return Prepared(**json.loads(done.stdout.splitlines()[-1]))


async def _supervise(
    environment: Environment, prepared: Prepared, window: Window
) -> None:
    stages = all_parts(environment, prepared)
    supervisor = Supervisor(stages, tell=window.relay)
    supervisor.heed_signals()

    def started(late: list[str]) -> None:
        window.show(banner(environment, prepared, late))

    def stopping() -> None:
        window.say("Groundwave is stopping. Press Ctrl-C again to stop at once.")

    await supervisor.run(started=started, stopping=stopping)
    window.say("Groundwave has stopped.")
