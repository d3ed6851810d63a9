"""``groundwave site``: the pages, under Granian."""

from __future__ import annotations

import os

from granian.constants import Interfaces
from granian.server import Server

from groundwave.patchbay.environment import Environment


THREADS = 4


def serve(environment: Environment, *, workers: int) -> None:
    """Serve until SIGTERM or Ctrl-C."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "groundwave.project.settings")
    Server(
        "groundwave.project.wsgi:application",
        address=environment.bind,
        port=environment.site_port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        process_name="groundwave-site",
    ).serve()
