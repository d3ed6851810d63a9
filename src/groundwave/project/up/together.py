"""The whole station: what is started when, and what is stopped first."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable

from rich.console import Console

from groundwave.patchbay.environment import Environment
from groundwave.project.up import programs
from groundwave.project.up.addresses import reachable
from groundwave.project.up.data import held
from groundwave.project.up.keeper import Keeper, Kept
from groundwave.project.up.ports import wait_for_ports
from groundwave.project.up.preparation import Preparation
from groundwave.project.up.printing import Printer
from groundwave.project.up.readiness import Door, sending, until_open
from groundwave.project.up.stopping import Stop, stopped_by_signals
from groundwave.project.up.told import AirReady, SiteReady
from groundwave.project.up.welcome import banner


STOP_SECONDS = 10.0
KILL_SECONDS = 5.0


def up(environment: Environment, console: Console, *, demo: bool) -> int:
    """
    Run the whole station until Ctrl-C; return the exit status.

    Raises:
        NotStarted: something is in the way, and nothing was started.
    """
    os.umask(0o077)  # what the station writes is nobody else's to read
    with held(environment.data):
        wait_for_ports(environment)
        with Printer(console) as printer, stopped_by_signals() as stop:
            return Station(environment, printer, stop).run(demo=demo)


class Station:
    """Everything between the start and the stop."""

    def __init__(self, environment: Environment, printer: Printer, stop: Stop) -> None:
        self._environment = environment
        self._printer = printer
        self._stop = stop
        # The write end is never written to, and no child inherits it.
        leash, self._hand = os.pipe()
        self._kept = Kept(programs.variables(environment), leash, printer.line)
        self._keepers: list[Keeper] = []
        host = reachable(environment.bind)
        self._transmitter = Door("transmitter", host, environment.air_port)
        self._site = Door("site", host, environment.site_port)
        self._failed = False

    def run(self, *, demo: bool) -> int:
        """Start everything, wait for the stop, and stop everything."""
        self._printer.say(f"Everything is kept in {self._environment.data}.")
        if self._environment.lineup_file.exists():
            self._keep(programs.TRANSMITTER)
        preparation = Preparation(self._kept, self._printer, demo=demo)
        start = threading.Thread(target=self._start, args=[preparation])
        start.start()
        try:
            self._stop.asked.wait()
        finally:
            # Also when it was not a signal: nothing of ours may be left running.
            self._stop.asked.set()
            preparation.end()
            start.join()
            self._end()
        return 1 if self._failed else 0

    def _start(self, preparation: Preparation) -> None:
        ready = None
        for told in preparation:
            if isinstance(told, AirReady):
                self._go_on_air(told)
            else:
                ready = told
        if self._stop.asked.is_set():
            return
        if ready is None:
            self._give_up()
            return
        self._keep(programs.WORKER)
        self._keep(programs.SITE)
        self._welcome(ready)

    def _go_on_air(self, told: AirReady) -> None:
        if self._stop.asked.is_set():
            return
        if not self._keepers:
            self._keep(programs.TRANSMITTER)
        if told.demo:
            self._keep(programs.demo(told.demo), after=self._until_transmitting)

    def _until_transmitting(self, ending: threading.Event) -> None:
        until_open([self._transmitter], ending, self._say_slow)

    def _give_up(self) -> None:
        """Say that there is no site; a station that sounds goes on sounding."""
        self._failed = True
        if self._keepers:
            self._printer.say(
                "The site is not started; the lines above say why. The transmitter "
                "goes on with the line-up it has. Put that right, press Ctrl-C and "
                "start again."
            )
        else:
            self._printer.say(
                "Nothing is started; the lines above say why. Put that right and "
                "start again."
            )
            self._stop.asked.set()

    def _keep(
        self,
        program: programs.Program,
        *,
        after: Callable[[threading.Event], None] | None = None,
    ) -> None:
        keeper = Keeper(program, self._kept, after=after)
        self._keepers.append(keeper)
        keeper.start()

    def _welcome(self, ready: SiteReady) -> None:
        doors = [self._transmitter, self._site]
        if until_open(doors, self._stop.asked, self._say_slow):
            live = sending(self._transmitter)
            self._printer.show(banner(self._environment, ready, os.environ, live=live))

    def _say_slow(self, door: Door) -> None:
        self._printer.say(
            f"The {door.name} does not answer at port {door.port} yet; its lines above "
            "may say why. It is waited for."
        )

    def _end(self) -> None:
        if self._keepers:
            self._printer.say("Stopping. Ctrl-C once more stops at once.")
            # Listeners hear the station for as long as there is anything to stop.
            transmitter, others = self._keepers[:1], self._keepers[1:]
            for keepers in (others, transmitter):
                _end_all(keepers, self._stop)
            self._printer.say("Stopped.")
        os.close(self._hand)
        os.close(self._kept.leash)


def _end_all(keepers: list[Keeper], stop: Stop) -> None:
    for keeper in keepers:
        keeper.end()
    deadline = time.monotonic() + STOP_SECONDS
    for keeper in keepers:
        while not keeper.wait(0.1):
            if stop.at_once.is_set() or time.monotonic() > deadline:
                keeper.kill()
                keeper.wait(KILL_SECONDS)
                break
