"""
Thousands of open pages in one process: a socket each, that waits to be told.

No browser is behind them: what is measured is when the news is with the page.
"""

from __future__ import annotations

import gc
import re
import select
import signal
import sys
import time
from collections import defaultdict

import msgspec

from groundwave.project.bench.listener import Lost, connected_socket
from groundwave.project.bench.surge_orders import MARK, OpenPages, PagesOpen, PagesTold


READ_BYTES = 65_536
BATCH = 100
OPEN_SECONDS = 60.0
# A mark that was cut in two is found with the end of what came before.
KEPT_BYTES = 64
_MARK = re.compile(MARK.replace(".", r"\.").format(r"(\d+)").encode())


class Page:
    """One open page, and the last update that it was told of."""

    __slots__ = ("last", "rest", "sock")

    def __init__(self, order: OpenPages) -> None:
        self.sock = connected_socket(order.source_address, (order.host, order.port))
        self.rest = b""
        self.last = 0

    def hear(self, data: bytes) -> list[int]:
        """Return the updates that *data* tells of for the first time."""
        data = self.rest + data
        numbers = {int(found[1]) for found in _MARK.finditer(data)}
        self.rest = data[-KEPT_BYTES:]
        fresh = [number for number in numbers if number > self.last]
        self.last = max([self.last, *fresh])
        return fresh


class Pages:
    """All the pages of one order."""

    def __init__(self, order: OpenPages) -> None:
        self._order = order
        self._request = _request(order)
        self._poll = select.epoll()
        self._open: dict[int, Page] = {}
        self._answered: set[int] = set()
        self._lost = 0
        self._told_at: dict[int, list[float]] = defaultdict(list)

    def open(self) -> PagesOpen:
        """Open them; whoever has no answer by then is lost."""
        began = time.monotonic()
        asked = 0
        while asked < self._order.pages or len(self._answered) < len(self._open):
            elapsed = time.monotonic() - began
            if elapsed > self._order.spread_seconds + OPEN_SECONDS:
                break
            share = min(1.0, elapsed / max(0.001, self._order.spread_seconds))
            due = min(int(self._order.pages * share), asked + BATCH)
            for _ in range(asked, due):
                self._ask()
            asked = max(asked, due)
            self._read(0.005)
        return PagesOpen(len(self._answered))

    def wait(self) -> PagesTold:
        """Wait to be told for as long as was ordered."""
        began, began_cpu = time.monotonic(), time.process_time()
        until = began + self._order.hold_seconds
        while (now := time.monotonic()) < until:
            self._read(until - now)
        return PagesTold(
            told_at=dict(self._told_at),
            lost=self._lost + len(self._open) - len(self._answered),
            cpu=time.process_time() - began_cpu,
            wall=time.monotonic() - began,
        )

    def close(self) -> None:
        """Leave, politely."""
        self._poll.close()
        for page in self._open.values():
            page.sock.close()

    def _ask(self) -> None:
        try:
            page = Page(self._order)
        except Lost:
            self._lost += 1
            return
        self._open[page.sock.fileno()] = page
        self._poll.register(page.sock.fileno(), select.EPOLLOUT)

    def _read(self, patience: float) -> None:
        for number, event in self._poll.poll(max(0.0, patience), 1024):
            page = self._open[number]
            try:
                if event & select.EPOLLOUT:
                    page.sock.send(self._request)
                    self._poll.modify(number, select.EPOLLIN)
                    continue
                data = page.sock.recv(READ_BYTES)
            except BlockingIOError:
                continue
            except OSError:
                data = b""
            if not data:
                self._forget(number)
                continue
            self._answered.add(number)
            now = time.monotonic()
            for update in page.hear(data):
                self._told_at[update].append(now)

    def _forget(self, number: int) -> None:
        self._lost += 1
        self._answered.discard(number)
        self._open.pop(number).sock.close()


def _request(order: OpenPages) -> bytes:
    return (
        f"GET {order.path} HTTP/1.1\r\nHost: {order.host}:{order.port}\r\n"
        "User-Agent: groundwave-bench\r\nAccept: text/event-stream\r\n\r\n"
    ).encode()


def _say(word: PagesOpen | PagesTold) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(word) + b"\n")
    sys.stdout.buffer.flush()


def main() -> None:
    """Read an order on standard input, carry it out, answer on standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the bench, our parent
    pages = Pages(msgspec.json.decode(sys.stdin.buffer.readline(), type=OpenPages))
    gc.freeze()
    gc.disable()
    try:
        _say(pages.open())
        _say(pages.wait())
    finally:
        pages.close()


if __name__ == "__main__":
    main()
