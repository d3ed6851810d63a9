"""Where a station plans what it airs."""

from __future__ import annotations
