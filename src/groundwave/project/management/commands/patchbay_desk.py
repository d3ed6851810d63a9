from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand

from groundwave.project.desk import run_desk


class Command(BaseCommand):
    help = "Attend to the transmitter: publish the line-up, store what it counted."

    def handle(self, **options: Any) -> None:
        stop = threading.Event()

        def end(signum: int, frame: FrameType | None) -> None:
            stop.set()

        signal.signal(signal.SIGTERM, end)
        signal.signal(signal.SIGINT, end)
        run_desk(stop)
