"""HTTP/1 as encoders, players and relays really speak it."""

from __future__ import annotations
