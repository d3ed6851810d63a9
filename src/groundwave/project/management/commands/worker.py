from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from groundwave.delivery.darkroom import develop_the_rest
from groundwave.delivery.edition.purging import run_purging
from groundwave.project.announcing import run_announcing
from groundwave.project.carrying import run_carrying, run_passing_on
from groundwave.project.desk import run_desk
from groundwave.project.forgetting import run_forgetting
from groundwave.project.scheduling import run_scheduling
from groundwave.project.timekeeping import run_timekeeping


STOP_SECONDS = 10.0
BESIDES: dict[str, Callable[[threading.Event], None]] = {
    "announcing": run_announcing,
    "carrying": run_carrying,
    "desk": run_desk,
    "forgetting": run_forgetting,
    "passing-on": run_passing_on,
    "purging": run_purging,
    "scheduling": run_scheduling,
    "timekeeping": run_timekeeping,
}


class Command(BaseCommand):
    help = (
        "Do the site's background work: its tasks, its end of the patchbay, the "
        "airings of the weeks ahead, telling open pages what begins, telling "
        "a CDN what changed, carrying the stories of others and passing on ours, and "
        "forgetting what was kept for long enough."
    )

    def handle(self, **options: Any) -> None:
        stop = threading.Event()
        threads = [
            threading.Thread(target=_attend, args=[run, stop], name=name, daemon=True)
            for name, run in BESIDES.items()
        ]
        for thread in threads:
            thread.start()
        try:
            develop_the_rest.enqueue()
            call_command("db_worker", queue_name="*", reload=False)
        finally:
            died = [thread.name for thread in threads if not thread.is_alive()]
            stop.set()
            for thread in threads:
                thread.join(STOP_SECONDS)
        if died:
            raise CommandError(f"The {died[0]} ended in a fault; the log says why.")


def _attend(run: Callable[[threading.Event], None], stop: threading.Event) -> None:
    """Run it, and take the whole worker down with it, to be started again."""
    try:
        run(stop)
    finally:
        if not stop.is_set():
            os.kill(os.getpid(), signal.SIGTERM)
