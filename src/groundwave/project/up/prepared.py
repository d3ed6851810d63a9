"""What ``groundwave up`` must know of the site before it starts it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prepared:
    """
    What preparation found.

    Attributes:
        station: the address of the station to listen to; empty if there is none.
        demo_station: where the demo studio may send; empty if nowhere.
        welcome: the token of the first administrator's link; empty if there is one.
    """

    station: str = ""
    station_name: str = ""
    demo_station: str = ""
    welcome: str = ""
