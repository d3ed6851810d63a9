"""What is on the air: licensees, their stations, and what happened to them."""

from __future__ import annotations

from groundwave.stations.models.incident import SourceIncident
from groundwave.stations.models.licensee import Licensee, Link
from groundwave.stations.models.session import ListeningSession
from groundwave.stations.models.source_key import KeyWindow, SourceKey
from groundwave.stations.models.station import Mount, Station
from groundwave.stations.models.transmission import Transmission


__all__ = [
    "KeyWindow",
    "Licensee",
    "Link",
    "ListeningSession",
    "Mount",
    "SourceIncident",
    "SourceKey",
    "Station",
    "Transmission",
]
