"""What a person is told once everything is up: sentences that say what to do now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from groundwave.patchbay.environment import Environment
from groundwave.project.up.addresses import known_as
from groundwave.project.up.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know: *copy* stands on a line of its own, to be copied whole."""

    heading: str
    sentence: str
    copy: str = ""


def banner(
    environment: Environment, prepared: Prepared, late: Sequence[str]
) -> Iterator[Notice]:
    """Say what can be done now; *late* names the parts that are not up yet."""
    host = known_as(environment.bind)
    site = f"http://{host}:{environment.site_port}"
    yield _state(late)
    if prepared.station:
        air = f"http://{host}:{environment.air_port}"
        yield Notice("Press Play", "The station's page is here.", f"{site}/")
        yield Notice(
            "Listen",
            f"{prepared.station_name} sounds in any radio player.",
            f"{air}/{prepared.station}.mp3",
        )
    yield _administrator(site, prepared)
    yield _going_on_air(f"{host}, port {environment.air_port}", prepared)
    yield Notice("Stop", "Press Ctrl-C here.")


def _state(late: Sequence[str]) -> Notice:
    if not late:
        return Notice(
            "Groundwave is up", "The transmitter, the site and the worker run."
        )
    return Notice(
        "Not all of Groundwave is up",
        f"Not ready yet: {', '.join(late)}. The lines above that begin with that name"
        " say why. It is tried again until it works; groundwave doctor says more.",
    )


def _administrator(site: str, prepared: Prepared) -> Notice:
    if prepared.welcome:
        return Notice(
            "Become the administrator",
            "Open this link and choose a password. It works once; keep it to yourself.",
            f"{site}/welcome/{prepared.welcome}/",
        )
    return Notice("Run the station", "Sign in here.", f"{site}/admin/")


def _going_on_air(where: str, prepared: Prepared) -> Notice:
    if not prepared.station:
        return Notice(
            "Go on air", "Add a station in the admin, then a source key for it."
        )
    demo = " You are heard instead of the demo studio." if prepared.demo_station else ""
    return Notice(
        "Go on air",
        f"Your encoder (BUTT, Mixxx, Liquidsoap, ffmpeg) sends to {where}, mountpoint"
        f" /{prepared.station}.{demo} This command, in another window, prints a key"
        " and what to type where.",
        f"groundwave source-key {prepared.station}",
    )
