"""The demo studio as a program: ``groundwave demo``."""

from __future__ import annotations

import signal
import threading
from random import SystemRandom

from groundwave.patchbay.environment import Environment
from groundwave.project.demo.encoder import DemoEncoder, Place, encoded
from groundwave.project.demo.programme import programme
from groundwave.project.up.addresses import reachable


def run_studio(environment: Environment, *, station: str, key: str) -> None:
    """Send the made-up programme to *station* until SIGTERM or Ctrl-C."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    place = Place(reachable(environment.bind), environment.air_port, station, key)
    DemoEncoder(place, encoded(programme(SystemRandom())), stop).run()
