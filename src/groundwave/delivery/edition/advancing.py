"""A database connection that counts the edition up in every commit that changes content."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from groundwave.delivery.edition.counter import counter
from groundwave.delivery.edition.writes import changes_content


log = structlog.get_logger(__name__)

TABLE = "delivery_edition"
# The row is made by whoever comes first: emptying a database takes it away.
_COUNT_UP = (
    f"INSERT INTO {TABLE} (id, number) VALUES (1, 1) "  # noqa: S608
    f"ON CONFLICT (id) DO UPDATE SET number = {TABLE}.number + 1"
)
_READ = f"SELECT number FROM {TABLE} WHERE id = 1"  # noqa: S608


class AdvancesTheEdition(BaseDatabaseWrapper):
    """
    Mixed into a backend's connection: no way to write through Django passes it by.

    The number is counted up as the last statement before the commit. So it is committed
    with what was written or not at all, numbers are committed in their order, and
    nobody waits for the row longer than a commit takes.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._is_due = False
        self._table_is_there = False
        self.execute_wrappers.append(self._note)

    def _note(
        self,
        execute: Callable[..., Any],
        sql: Any,
        params: Any,
        many: bool,
        context: dict[str, Any],
    ) -> Any:
        if not changes_content(str(sql)):
            return execute(sql, params, many, context)
        if self.get_autocommit():
            # It would be committed by itself, and the number after it or never.
            with transaction.atomic(using=self.alias):
                self._is_due = True
                result = execute(sql, params, many, context)
                self.end_statement(context["cursor"].cursor)
                return result
        self._is_due = True
        return execute(sql, params, many, context)

    def end_statement(self, cursor: Any) -> None:
        """Bring *cursor* to where a commit is possible; what it returns stays to be read."""

    def commit(self) -> None:
        if not self._is_due:
            super().commit()
            return
        number = self._count_up()
        super().commit()
        self._is_due = False
        _tell_this_machine(number)

    def rollback(self) -> None:
        super().rollback()
        self._is_due = False

    def close(self) -> None:
        super().close()
        self._is_due = False

    def _count_up(self) -> int | None:
        """Count up and return the number; None before there is a table for it."""
        with self.cursor() as cursor:
            if not self._table_is_there:
                names = self.introspection.table_names(cursor)
                self._table_is_there = TABLE in names
            if not self._table_is_there:
                return None
            cursor.execute(_COUNT_UP)
            return _number(cursor)


def committed_number(connection: BaseDatabaseWrapper) -> int:
    """Return the database's number; 0 before anything was written."""
    with connection.cursor() as cursor:
        return _number(cursor)


def _number(cursor: Any) -> int:
    cursor.execute(_READ)
    row = cursor.fetchone()
    return row[0] if row else 0


def _tell_this_machine(number: int | None) -> None:
    try:
        counter(settings.GROUNDWAVE.data).advance(number)
    except OSError as reason:
        # What was written is written. Who watches the database hears of it there.
        log.warning("edition_not_counted_up", reason=str(reason))
