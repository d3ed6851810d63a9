"""What a whole Groundwave is made of, and in which order it comes up."""

from __future__ import annotations

import sys

from groundwave.patchbay.environment import Environment
from groundwave.project.up.addresses import reachable
from groundwave.project.up.child import Part
from groundwave.project.up.prepared import Prepared
from groundwave.project.up.readiness import Ready, answers, carries, on_air


def all_parts(environment: Environment, prepared: Prepared) -> list[list[Part]]:
    """
    Return the parts, stage by stage; the demo studio only where it may send.

    The transmitter comes first: it plays from its last line-up whatever the site does.
    """
    host = reachable(environment.bind)
    site, air = (host, environment.site_port), (host, environment.air_port)
    station, demo_station = prepared.station, prepared.demo_station
    told = carries(*air, station) if station else answers(*air)
    stages = [
        [Part("transmitter", _groundwave("transmitter"), answers(*air))],
        [
            Part("site", _groundwave("site"), answers(*site)),
            Part("worker", _groundwave("worker"), told),
        ],
    ]
    if demo_station:
        stages.append([_demo(demo_station, on_air(*air, demo_station, "main"))])
    return stages


def _demo(station: str, ready: Ready) -> Part:
    command = _groundwave("demo", "--station", station)
    return Part("demo", command, ready, stop_seconds=3.0)


def _groundwave(*words: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "groundwave", *words)
