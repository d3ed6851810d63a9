"""
The tape: what was on the air, on disk, by time.

``cutter`` turns frames into segments, ``store`` keeps them, ``recorder`` does both
while the station is on the air, and ``deck`` plays any span of it back as HLS.
Live is the span that ends now. Nothing on the tape is ever changed; hours are
added at one end and forgotten at the other.
"""

from __future__ import annotations
