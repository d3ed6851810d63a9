"""Where Django looks for it."""

from __future__ import annotations

from itertools import chain
from typing import Any

from django.db.backends.sqlite3 import base

from groundwave.delivery.edition.advancing import AdvancesTheEdition


class DatabaseWrapper(AdvancesTheEdition, base.DatabaseWrapper):
    """SQLite's connection."""

    def end_statement(self, cursor: Any) -> None:
        # What is left of INSERT … RETURNING would be in the commit's way. Django reads
        # it later, from a statement that only reads.
        if rows := cursor.fetchall() if cursor.description else []:
            row = f"({', '.join(['%s'] * len(rows[0]))})"
            cursor.execute(
                f"VALUES {', '.join([row] * len(rows))}", tuple(chain(*rows))
            )
