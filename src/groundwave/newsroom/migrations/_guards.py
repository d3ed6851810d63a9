"""
What the database itself refuses, where a CHECK sees too little: triggers.

They stand on SQLite and on PostgreSQL, and refuse with the name of the rule, as a
constraint does. SQLite drops a table's triggers when Django makes the table anew, and
cannot do so while a trigger speaks of it: a migration that alters one of these tables
calls ``take_down`` first and puts up its own guards afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


FIGURE = "newsroom_figure"
STATUS = "newsroom_figurestatus"
STATEMENT = "newsroom_statement"
UPDATE = "newsroom_storyupdate"

# Whoever logged it may leave; where it is to be read may move.
FIGURE_FACTS = (
    "id, uid, metric_id, statement_id, qualifier, low, high, as_of, counts, note, "
    "supersedes_id, added_at"
)
STATUS_FACTS = "id, figure_id, status, reason, at"
STATEMENT_FACTS = (
    "id, source_id, relayed_by_id, channel, said_at, obtained_at, words, "
    "described_as, anonymity_reason, approved_by_id"
)
# The version may be gone one day, with the page.
UPDATE_FACTS = "id, uid, story_id, kind, text, is_significant, must_air, at"

_SAME_SOURCE = """
    SELECT 1 FROM newsroom_figure AS other
    JOIN newsroom_statement AS theirs ON theirs.id = other.statement_id
    JOIN newsroom_statement AS ours ON ours.id = NEW.statement_id
    WHERE other.metric_id = NEW.metric_id
      AND theirs.source_id = ours.source_id
      AND theirs.described_as = ours.described_as
"""


@dataclass(frozen=True)
class Guard:
    """A rule: before what, on which table, and when it is broken."""

    name: str
    before: str
    table: str
    broken: str = "1 = 1"


GUARDS = (
    Guard("figure_is_never_changed", f"UPDATE OF {FIGURE_FACTS}", FIGURE),
    Guard("figure_is_never_deleted", "DELETE", FIGURE),
    Guard(
        "figure_is_of_a_time_before_it_is_said",
        "INSERT",
        FIGURE,
        "EXISTS (SELECT 1 FROM newsroom_statement AS ours"
        " WHERE ours.id = NEW.statement_id AND NEW.as_of > ours.said_at)",
    ),
    Guard(
        "figure_supersedes_its_own_source_and_metric",
        "INSERT",
        FIGURE,
        "NEW.supersedes_id IS NOT NULL"
        f" AND NOT EXISTS ({_SAME_SOURCE} AND other.id = NEW.supersedes_id)",
    ),
    Guard(
        "figure_begins_the_only_succession_of_its_source",
        "INSERT",
        FIGURE,
        f"NEW.supersedes_id IS NULL AND EXISTS ({_SAME_SOURCE})",
    ),
    Guard("figure_status_is_never_changed", f"UPDATE OF {STATUS_FACTS}", STATUS),
    Guard("figure_status_is_never_deleted", "DELETE", STATUS),
    Guard(
        "nothing_follows_a_figure_that_was_taken_back",
        "INSERT",
        STATUS,
        "EXISTS (SELECT 1 FROM newsroom_figurestatus AS last"
        " WHERE last.figure_id = NEW.figure_id"
        " AND last.status IN ('withdrawn', 'retracted'))",
    ),
    Guard("statement_is_never_changed", f"UPDATE OF {STATEMENT_FACTS}", STATEMENT),
)
# Of a later migration than those above.
UPDATE_GUARDS = (
    Guard("story_update_is_never_changed", f"UPDATE OF {UPDATE_FACTS}", UPDATE),
    Guard("story_update_is_never_deleted", "DELETE", UPDATE),
)


def put_up(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _put_up(GUARDS, schema_editor)


def take_down(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _take_down(GUARDS, schema_editor)


def put_up_for_updates(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _put_up(UPDATE_GUARDS, schema_editor)


def take_down_for_updates(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _take_down(UPDATE_GUARDS, schema_editor)


def _put_up(guards: Iterable[Guard], editor: BaseDatabaseSchemaEditor) -> None:
    making = _MAKING[editor.connection.vendor]
    for guard in guards:
        for statement in making(guard):
            editor.execute(statement)


def _take_down(guards: Iterable[Guard], editor: BaseDatabaseSchemaEditor) -> None:
    dropping = _DROPPING[editor.connection.vendor]
    for guard in guards:
        editor.execute(dropping.format(name=guard.name))


def _on_sqlite(guard: Guard) -> Iterator[str]:
    yield (
        f"CREATE TRIGGER {guard.name} BEFORE {guard.before} ON {guard.table} "
        f"FOR EACH ROW WHEN {guard.broken} "
        f"BEGIN SELECT RAISE(ABORT, '{guard.name}'); END"
    )


def _on_postgresql(guard: Guard) -> Iterator[str]:
    yield (
        f"CREATE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN IF {guard.broken} THEN "
        f"RAISE EXCEPTION '{guard.name}' USING ERRCODE = 'check_violation'; "
        "END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )
    yield (
        f"CREATE TRIGGER {guard.name} BEFORE {guard.before} ON {guard.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {guard.name}()"
    )


_MAKING = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}
_DROPPING = {
    "sqlite": "DROP TRIGGER IF EXISTS {name}",
    "postgresql": "DROP FUNCTION IF EXISTS {name}() CASCADE",
}
