"""Everything a public or community radio station's public meets."""

from __future__ import annotations


__version__ = "0.0.1"
