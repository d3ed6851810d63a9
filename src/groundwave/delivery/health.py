"""Whether the site can do its work, for whoever watches over it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


@dataclass(frozen=True)
class Health:
    """The site's state: empty ``trouble`` is good, else it says what to do."""

    trouble: str = ""

    @property
    def status(self) -> int:
        return 503 if self.trouble else 200


_UNREACHABLE = Health(
    "The database cannot be reached. Check that its disk is there and not full."
)
_BEHIND = Health(
    "The database is older than the program. Run `groundwave manage migrate`."
)

# Migrations do not come undone, so that they are applied is asked only until it is so.
_known_to_be_migrated: set[str] = set()


def check_health() -> Health:
    """Return whether the database answers and is up to date."""
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return Health() if _is_migrated() else _BEHIND
    except DatabaseError:
        return _UNREACHABLE


def _is_migrated() -> bool:
    name = str(connection.settings_dict["NAME"])
    if name not in _known_to_be_migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _known_to_be_migrated.add(name)
    return True
