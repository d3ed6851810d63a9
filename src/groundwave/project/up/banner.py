"""What a person is told once everything is up: sentences that say what to do now."""

from __future__ import annotations

import socket
from dataclasses import dataclass

from groundwave.patchbay.environment import Environment


@dataclass(frozen=True, slots=True)
class Facts:
    """
    What the banner is about.

    Attributes:
        station: the address of the station that is heard, if there is one.
        welcome: the token of the first administrator's link, if there is none yet.
        late: the parts that are not up yet.
    """

    station: str
    station_name: str
    welcome: str
    has_demo: bool
    late: tuple[str, ...] = ()


def banner(environment: Environment, facts: Facts) -> list[tuple[str, str]]:
    """Return headings, each with what is said under it."""
    host = known_as(environment.bind)
    site = f"http://{host}:{environment.site_port}"
    air = f"http://{host}:{environment.air_port}"
    said = [*_late(facts)]
    if facts.station:
        said += [
            ("Press Play", f"{site}/ is the station's page; its Play button works."),
            (
                "Listen",
                f"{facts.station_name} is at {air}/{facts.station}.mp3 in any radio"
                " player.",
            ),
        ]
    said += [_administrator(site, facts), *_on_air(environment, host, facts)]
    return [*said, ("Stop", "Press Ctrl-C. What was heard stays on the tape.")]


def _late(facts: Facts) -> list[tuple[str, str]]:
    if not facts.late:
        return [("Groundwave is up", "Everything runs.")]
    names = " and ".join(facts.late)
    are = "is" if len(facts.late) == 1 else "are"
    return [
        (
            "Not all is up",
            f"The {names} {are} not ready; the lines above that begin with that name say"
            " why. It is tried again until it works; groundwave doctor says more.",
        )
    ]


def _administrator(site: str, facts: Facts) -> tuple[str, str]:
    if facts.welcome:
        return (
            "Become its administrator",
            f"Open {site}/welcome/{facts.welcome}/ and choose a password. The link works"
            " once; keep it to yourself.",
        )
    return ("Run the station", f"Sign in at {site}/admin/.")


def _on_air(
    environment: Environment, host: str, facts: Facts
) -> list[tuple[str, str]]:
    if not facts.station:
        return [("Go on air", "Add a station in the admin, then a source key for it.")]
    demo = " You are heard instead of the demo studio." if facts.has_demo else ""
    return [
        (
            "Go on air yourself",
            f"In another window, groundwave source-key {facts.station} prints a key and"
            " what to type into your encoder (BUTT, Mixxx, Liquidsoap, ffmpeg):"
            f" {host}, port {environment.air_port}, mountpoint /{facts.station}.{demo}",
        )
    ]


def known_as(bind: str) -> str:
    """Return what people type to reach what listens on *bind*."""
    if bind in {"127.0.0.1", "::1", "localhost"}:
        return "localhost"
    if bind in {"0.0.0.0", "::"}:  # noqa: S104 -- compared, not listened on
        return socket.gethostname()
    return f"[{bind}]" if ":" in bind else bind
