"""What the preparation tells ``up``."""

from __future__ import annotations

import msgspec


class Step(msgspec.Struct, frozen=True, tag=True):
    """Something that takes a while is this far; *total* 0 when nobody knows."""

    label: str
    done: int
    total: int


class AirReady(msgspec.Struct, frozen=True, tag=True):
    """There is a line-up; *demo* is the station of the demo studio, or nothing."""

    demo: str


class StationName(msgspec.Struct, frozen=True):
    """A station's address and its name."""

    slug: str
    name: str


class SiteReady(msgspec.Struct, frozen=True, tag=True):
    """
    The site can start.

    *welcome* is the path of the link that makes the first administrator, or nothing.
    """

    welcome: str
    stations: tuple[StationName, ...]


Told = Step | AirReady | SiteReady
