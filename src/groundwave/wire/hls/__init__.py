"""HTTP Live Streaming: playlists, and AAC in fragmented MP4."""

from __future__ import annotations
