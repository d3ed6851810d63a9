"""A database that fails where it really does: while something is asked of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection


@contextmanager
def failing_once(asked: str = "", error: str = "database is locked") -> Iterator[None]:
    """Let the first statement fail that has *asked* in it."""
    failures = iter([DatabaseError(error)])

    def fail(execute: Any, sql: str, *facts: Any) -> Any:
        if asked in sql:
            for failure in failures:
                raise failure
        return execute(sql, *facts)

    with connection.execute_wrapper(fail):
        yield


@contextmanager
def failing(error: str) -> Iterator[None]:
    """Let every statement fail."""

    def fail(*_: Any) -> Any:
        raise DatabaseError(error)

    with connection.execute_wrapper(fail):
        yield
