from __future__ import annotations

import os
import signal
import threading
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from groundwave.project.desk import run_desk


STOP_SECONDS = 10.0


class Command(BaseCommand):
    help = "Do the site's background work: its tasks, and its end of the patchbay."

    def handle(self, **options: Any) -> None:
        stop = threading.Event()
        desk = threading.Thread(target=_attend, args=[stop], name="desk", daemon=True)
        desk.start()
        try:
            call_command("db_worker", queue_name="*", reload=False)
        finally:
            died = not desk.is_alive()
            stop.set()
            desk.join(STOP_SECONDS)
        if died:
            raise CommandError("The desk ended in a fault; the log says why.")


def _attend(stop: threading.Event) -> None:
    """Run the desk, and take the whole worker down with it, to be started again."""
    try:
        run_desk(stop)
    finally:
        if not stop.is_set():
            os.kill(os.getpid(), signal.SIGTERM)
