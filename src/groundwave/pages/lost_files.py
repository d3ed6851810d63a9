"""
Files that no recording has any more.

They go once that is committed: what is rolled back finds its file where it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from django.core.files.storage import Storage
from django.db import transaction


if TYPE_CHECKING:
    from groundwave.pages.recording import Recording


log = structlog.get_logger(__name__)


def forget_file_of(instance: Recording, **_: object) -> None:
    """Delete the file of a recording that was deleted."""
    if instance.file:
        forget_file(instance.file.storage, instance.file.name or "")


def forget_file(storage: Storage, name: str) -> None:
    """Delete the file called *name*, once what is done now is committed."""

    def forget() -> None:
        try:
            storage.delete(name)
        except OSError as trouble:
            # It takes up room and does no other harm; nobody's press fails for it.
            log.warning("file_not_deleted", file=name, because=str(trouble))

    transaction.on_commit(forget)
