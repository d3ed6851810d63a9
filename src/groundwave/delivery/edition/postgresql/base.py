"""Where Django looks for it."""

from __future__ import annotations

from django.db.backends.postgresql import base

from groundwave.delivery.edition.advancing import AdvancesTheEdition


class DatabaseWrapper(AdvancesTheEdition, base.DatabaseWrapper):
    """PostgreSQL's connection."""
