from __future__ import annotations

from groundwave.syndication.models.connection import (
    Arrival,
    CategoryRule,
    Connection,
    Upstream,
)
from groundwave.syndication.models.dispatch import Dispatch
from groundwave.syndication.models.lease import PhotoLease, SoundLease
from groundwave.syndication.models.network import Network
from groundwave.syndication.models.notice import Notice
from groundwave.syndication.models.original import Original
from groundwave.syndication.models.outcome import Outcome, What
from groundwave.syndication.models.pairing import Pairing
from groundwave.syndication.models.partner import Partner
from groundwave.syndication.models.poll import Poll


__all__ = [
    "Arrival",
    "CategoryRule",
    "Connection",
    "Dispatch",
    "Network",
    "Notice",
    "Original",
    "Outcome",
    "Pairing",
    "Partner",
    "PhotoLease",
    "Poll",
    "SoundLease",
    "Upstream",
    "What",
]
