from __future__ import annotations

from groundwave.programming.models.airing import Airing, Kind
from groundwave.programming.models.show import DefaultShow, Episode, Host, Show
from groundwave.programming.models.slot import Boundary, Slot


__all__ = [
    "Airing",
    "Boundary",
    "DefaultShow",
    "Episode",
    "Host",
    "Kind",
    "Show",
    "Slot",
]
