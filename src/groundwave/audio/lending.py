"""A file that was uploaded, wherever it is, lent to a program that reads files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any


@contextmanager
def lent(upload: Any) -> Iterator[Path]:
    """
    Give a path at which *upload* can be read for as long as this is entered.

    Args:
        upload: a file with ``chunks``, as Django has it. A large one is on the disk
            already and tells its ``temporary_file_path``; a small one is copied there.
    """
    on_disk = getattr(upload, "temporary_file_path", None)
    if on_disk:
        yield Path(on_disk())
        return
    with NamedTemporaryFile() as copy:
        for chunk in upload.chunks():
            copy.write(chunk)
        copy.flush()
        upload.seek(0)
        yield Path(copy.name)
