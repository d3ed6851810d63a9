"""
What is saved several times in one go is indexed once.

A page that is made and published is saved four or five times, and each time Wagtail asks
its worker to index it for the search and to note what it refers to. For one story that is
nothing; for two thousand it is most of the work.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django_tasks_db import DatabaseBackend


# By name: to import one is to ask for the backend, which is this module.
_INDEXING = frozenset(
    {
        "modelsearch.tasks.insert_or_update_object_task",
        "wagtail.tasks.update_reference_index_task",
    }
)

_Key = tuple[str, ...]
# By what is asked for, the task that does it.
_enqueued: ContextVar[dict[_Key, Any] | None] = ContextVar("enqueued", default=None)


@contextmanager
def indexed_once() -> Iterator[None]:
    """
    Let everything be indexed once that is saved in the block, however often it is.

    Begin and end it together with a transaction: the task is enqueued with the first save
    and done after all of them. What fails and is rolled back inside has a block of its own,
    so that its tasks are not counted on afterwards.
    """
    outer = _enqueued.get()
    ours = dict(outer or {})
    token = _enqueued.set(ours)
    try:
        yield
    finally:
        _enqueued.reset(token)
    if outer is not None:
        outer.update(ours)


class IndexingOnce(DatabaseBackend):
    """Tasks in the database; what is enqueued already in ``indexed_once`` is not again."""

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        known = _enqueued.get()
        if known is None or task.module_path not in _INDEXING:
            return super().enqueue(task, args, kwargs)
        key = (task.module_path, *map(str, args))
        if key not in known:
            known[key] = super().enqueue(task, args, kwargs)
        return known[key]
