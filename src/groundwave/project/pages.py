"""``python -m groundwave.project.pages SOCKET``: the site, as Granian serves it to the front."""

from __future__ import annotations

import os
import runpy
import sys
from pathlib import Path


def main(socket: str) -> None:
    """Run Granian at *socket* until SIGTERM."""
    # One that was killed leaves it, and nobody else's is there: the name is the front's.
    Path(socket).unlink(missing_ok=True)
    words = ["--interface", "wsgi", "--no-ws", "--log-level", "warning"]
    # What is in front of it speaks HTTP/1.1, and one thread carries what Python answers.
    words += ["--http", "1", "--runtime-mode", "st"]
    words += ["--uds", socket, "--uds-permissions", "0600"]
    # Pages wait for the database and the transmitter now and then.
    words += ["--blocking-threads", str(2 * (os.cpu_count() or 1) + 1)]
    sys.argv = ["granian", *words, "groundwave.project.wsgi:application"]
    runpy.run_module("granian", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(sys.argv[1])
