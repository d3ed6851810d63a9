"""
A database as our migrations leave it, made once and copied for whoever needs one.

To migrate takes longer than most journeys. It is made again as soon as anything that
shapes it is another: migrations, models, settings, what is installed.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from tempfile import TemporaryDirectory


ROOT = Path(__file__).parents[2]
KEPT = ROOT / ".pytest_cache" / "migrated"
# Tables and first rows are made by these; permissions are named by models.
SHAPED_BY = ("migrations/*.py", "models/*.py", "models.py", "settings.py")


def put_database(data: Path) -> None:
    """Put one into the folder *data* of a site that has none yet."""
    data.mkdir(parents=True, exist_ok=True)
    shutil.copy(migrated(), data / "site.sqlite3")


@cache
def migrated() -> Path:
    """Return the one that is kept; who needs it first makes it, and others wait."""
    KEPT.mkdir(parents=True, exist_ok=True)
    kept = KEPT / f"{_digest()}.sqlite3"
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            _make(kept)
            _forget_old()
    return kept


def _make(kept: Path) -> None:
    with TemporaryDirectory(dir=KEPT) as data:
        command = [sys.executable, "-m", "groundwave", "manage", "migrate", "-v0"]
        subprocess.run(command, env=os.environ | {"GROUNDWAVE_DATA": data}, check=True)
        made = Path(data) / "site.sqlite3"
        with closing(sqlite3.connect(made)) as database:
            # All in one file, which can be copied and is understood in memory.
            database.execute("PRAGMA journal_mode=DELETE")
        made.replace(kept)


def _forget_old() -> None:
    every = sorted(KEPT.glob("*.sqlite3"), key=lambda each: each.stat().st_mtime)
    for old in every[:-4]:  # who changes between branches comes back
        old.unlink()


def _digest() -> str:
    digest = hashlib.sha256(f"{sys.version} {sqlite3.sqlite_version}".encode())
    for line in sorted(f"{each.name} {each.version}" for each in distributions()):
        digest.update(line.encode())
    paths = {path for each in SHAPED_BY for path in (ROOT / "src").rglob(each)}
    for path in (Path(__file__), *sorted(paths)):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
