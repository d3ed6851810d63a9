"""
The listener driver: thousands of listeners in one thread of its own process.

It must never be what is measured. So there is one shared buffer that every
socket is read into and no look at the bytes after the response head; epoll only
until a listener's buffer is filled, and from then on one timed reading of all
sockets: nobody waits on them, so that the server's sends wake nobody up.

Bytes of ICY titles count as sound: they are less than one in a thousand.
"""

from __future__ import annotations

import gc
import select
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable

import msgspec

from groundwave.project.bench.ear import Ear
from groundwave.project.bench.listener import Listener, Lost
from groundwave.project.bench.orders import (
    Heard,
    Order,
    Spread,
    TunedIn,
    TuningIn,
    Word,
)


READ_BYTES = 262_144
# Connect calls in a row before sockets that became ready are looked at.
BATCH = 100
NEWS_SECONDS = 0.5
# A buffer this full outlasts a late sweep; a server that fills none is watched
# closely for only so long.
FILLED_SECONDS = 2.0
CLOSELY_SECONDS = 5.0


class Audience:
    """All the listeners of one order."""

    def __init__(self, order: Order, say: Callable[[Word], None]) -> None:
        self._order = order
        self._say = say
        self._address = (order.host, order.port)
        self._request = _request(order)
        self._buffer = bytearray(READ_BYTES)
        self._poll = select.epoll()
        self._all = [Listener(order) for _ in range(order.listeners)]
        self._asked = 0
        self._closely: dict[int, Listener] = {}
        self._by_sweep: dict[int, Listener] = {}
        self._refused: Counter[str] = Counter()
        self._dropped: Counter[str] = Counter()
        self._next_sweep = 0.0
        self._sweep_late = 0.0

    def listen(self) -> Heard:
        """Carry out the order; takes at most its admission and hold seconds."""
        started, started_cpu = time.monotonic(), time.process_time()
        self._next_sweep = started + self._order.sweep_seconds
        self._admit(started)
        admitted, admitted_cpu = time.monotonic(), time.process_time()
        heard = self._count_heard()
        self._say(TunedIn(heard, admitted - started))
        self._hold(admitted + self._order.hold_seconds)
        return self._sum_up(
            started=started,
            heard=heard,
            admission_cpu=admitted_cpu - started_cpu,
            admission_wall=admitted - started,
            hold_cpu=time.process_time() - admitted_cpu,
            hold_wall=time.monotonic() - admitted,
        )

    def close(self) -> None:
        """Leave, politely."""
        self._poll.close()
        for listener in self._all:
            listener.sock.close()

    # --- the two phases ----------------------------------------------------

    def _admit(self, started: float) -> None:
        deadline = started + self._order.admission_seconds
        news = started
        while (now := time.monotonic()) < deadline:
            self._tune_in_those_due(now - started)
            self._read_ready(self._patience())
            self._sweep_if_due()
            if self._asked == len(self._all) and not self._is_anyone_waiting():
                return
            if now >= news:
                news = now + NEWS_SECONDS
                self._say(TuningIn(self._asked, self._count_heard()))

    def _hold(self, until: float) -> None:
        while (now := time.monotonic()) < until:
            self._read_ready(max(0.0, min(self._next_sweep, until) - now))
            self._sweep_if_due()

    def _is_anyone_waiting(self) -> bool:
        return any(one.ear.second_at is None for one in self._closely.values())

    def _patience(self) -> float:
        if self._asked < len(self._all):
            return 0.005 if self._order.spread_seconds else 0.0
        return max(0.0, self._next_sweep - time.monotonic())

    # --- tuning in ---------------------------------------------------------

    def _tune_in_those_due(self, elapsed: float) -> None:
        total, spread = len(self._all), self._order.spread_seconds
        due = total if not spread else int(total * min(1.0, elapsed / spread))
        for listener in self._all[self._asked : min(self._asked + BATCH, due)]:
            self._asked += 1
            try:
                self._tune_in(listener)
            except Lost as reason:
                self._forget(listener, str(reason))

    def _tune_in(self, listener: Listener) -> None:
        listener.connect(self._address)
        # On loopback the connection stands before the call is back, mostly.
        asked = listener.ask(self._request)
        number = listener.sock.fileno()
        self._closely[number] = listener
        self._poll.register(number, select.EPOLLIN if asked else select.EPOLLOUT)

    # --- hearing -----------------------------------------------------------

    def _read_ready(self, patience: float) -> None:
        for number, event in self._poll.poll(patience, 1024):
            listener = self._closely[number]
            try:
                self._attend(listener, number, event)
            except Lost as reason:
                self._forget(listener, str(reason))

    def _attend(self, listener: Listener, number: int, event: int) -> None:
        if event & select.EPOLLOUT:
            if listener.ask(self._request):
                self._poll.modify(number, select.EPOLLIN)
            return
        listener.read(self._buffer)
        if _is_filled(listener.ear, time.monotonic()):
            self._poll.unregister(number)
            self._by_sweep[number] = self._closely.pop(number)

    def _sweep_if_due(self) -> None:
        late = time.monotonic() - self._next_sweep
        if late < 0:
            return
        self._sweep_late = max(self._sweep_late, late)
        for listener in tuple(self._by_sweep.values()):
            try:
                listener.read(self._buffer)
            except Lost as reason:
                self._forget(listener, str(reason))
        self._next_sweep = time.monotonic() + self._order.sweep_seconds

    def _forget(self, listener: Listener, reason: str) -> None:
        losses = self._dropped if listener.tuned_in else self._refused
        losses[reason] += 1
        listener.gone = True
        number = listener.sock.fileno()
        self._closely.pop(number, None)
        self._by_sweep.pop(number, None)
        listener.sock.close()  # epoll forgets it, too

    # --- summing up --------------------------------------------------------

    def _count_heard(self) -> int:
        return sum(listener.ear.second_at is not None for listener in self._all)

    def _sum_up(self, *, started: float, heard: int, **times: float) -> Heard:
        everyone, ears = self._all, [listener.ear for listener in self._all]
        seconds = [ear.second_at for ear in ears if ear.second_at is not None]
        return Heard(
            listeners=len(everyone),
            heard=heard,
            refused=dict(self._refused),
            dropped=dict(self._dropped),
            never=sum(not one.gone and one.ear.second_at is None for one in everyone),
            first_byte=Spread.over([one.wait(one.ear.first_at) for one in everyone]),
            second=Spread.over([one.wait(one.ear.second_at) for one in everyone]),
            all_within=max(seconds) - started if len(seconds) == len(ears) else None,
            gaps=sum(ear.gaps for ear in ears),
            ears_with_gaps=sum(ear.gaps > 0 for ear in ears),
            longest_silence=max(ear.longest for ear in ears),
            sound_bytes=sum(ear.sound for ear in ears),
            sweep_late=self._sweep_late,
            **times,
        )


def _is_filled(ear: Ear, now: float) -> bool:
    if ear.second_at is None:
        return False
    return ear.buffered(now) >= FILLED_SECONDS or now - ear.second_at > CLOSELY_SECONDS


def _request(order: Order) -> bytes:
    icy = "Icy-MetaData: 1\r\n" if order.icy else ""
    return (
        f"GET {order.path} HTTP/1.0\r\nHost: {order.host}:{order.port}\r\n"
        f"User-Agent: groundwave-bench\r\n{icy}\r\n"
    ).encode()


def _say(word: Word) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(word) + b"\n")
    sys.stdout.buffer.flush()


def main() -> None:
    """Read an order on standard input, carry it out, answer on standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the bench, our parent
    order = msgspec.json.decode(sys.stdin.buffer.readline(), type=Order)
    audience = Audience(order, _say)
    gc.freeze()
    gc.disable()  # a pause to collect would look like the server's
    try:
        _say(audience.listen())
    finally:
        audience.close()


if __name__ == "__main__":
    main()
