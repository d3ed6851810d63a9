"""The "On air" part of the admin."""

from __future__ import annotations
