"""The site's outermost layer: settings, addresses, processes and commands."""

from __future__ import annotations
