"""What Icecast's and SHOUTcast's clients say to a server, and expect to hear."""

from __future__ import annotations
