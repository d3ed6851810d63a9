"""
Files that are always whole: a reader finds the old content or the new, never half.

This holds through ``kill -9`` and, where asked for, through loss of power.
"""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, data: bytes, *, through_power_loss: bool = True) -> None:
    """
    Put *data* in place of what *path* held, readable by its owner alone.

    Without *through_power_loss* nothing waits for the disk, and a machine that
    loses power may be left with an old or an empty file.

    Raises:
        OSError: the disk is full or gone; what *path* held is untouched.
    """
    draft = path.with_name(f"{path.name}.draft")
    try:
        _write(draft, data, sync=through_power_loss)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    if through_power_loss:
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in *folder* survive loss of power."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _write(path: Path, data: bytes, *, sync: bool) -> None:
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(opened, "wb") as file:
        file.write(data)
        file.flush()
        if sync:
            os.fsync(opened)
