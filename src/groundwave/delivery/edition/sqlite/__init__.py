"""SQLite, counting the edition up: a backend for ``DATABASES``."""

from __future__ import annotations
