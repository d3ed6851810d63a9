"""How a person says stop: Ctrl-C once, or twice when it is urgent."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Stop:
    """*asked* is set by the first signal, *at_once* by the second."""

    asked: threading.Event = field(default_factory=threading.Event)
    at_once: threading.Event = field(default_factory=threading.Event)


@contextmanager
def stopped_by_signals() -> Iterator[Stop]:
    """Yield a ``Stop`` that SIGINT, SIGTERM and SIGHUP set inside the block."""
    stop = Stop()

    def hear(*_: object) -> None:
        (stop.at_once if stop.asked.is_set() else stop.asked).set()

    before = {
        number: signal.signal(number, hear)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        # nohup's wish to be left alone by the terminal stands.
        if signal.getsignal(number) is not signal.SIG_IGN
    }
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
