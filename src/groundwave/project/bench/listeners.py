"""
The listener driver: thousands of listeners in one thread of its own process.

It must never be what is measured. So there is one shared buffer that every
socket is read into and no look at the bytes after the response head; epoll only
until a listener's buffer is filled, and from then on one timed reading of all
sockets: nobody waits on them, so that the server's sends wake nobody up.

Bytes of ICY titles count as sound: they are less than one in a thousand.
"""

from __future__ import annotations

import errno
import gc
import select
import socket
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator

import msgspec

from groundwave.project.bench.ear import Ear
from groundwave.project.bench.orders import (
    Heard,
    Order,
    Spread,
    TunedIn,
    TuningIn,
    Word,
)


READ_BYTES = 262_144
HEAD_BYTES = 16_384
# Connect calls in a row before sockets that became ready are looked at.
BATCH = 100
NEWS_SECONDS = 0.5
# A buffer this full outlasts a late sweep; a server that fills none is watched
# closely for only so long.
FILLED_SECONDS = 2.0
CLOSELY_SECONDS = 5.0
# Linux: choose the port on connect, where the pair must be free, not on bind.
IP_BIND_ADDRESS_NO_PORT = 24


class Listener:
    """A socket, the response head while it is incomplete, and an ear."""

    __slots__ = ("asked_at", "ear", "gone", "head", "sock")

    def __init__(self, sock: socket.socket, byterate: int) -> None:
        self.sock = sock
        self.ear = Ear(byterate)
        self.asked_at: float | None = None
        self.head: bytes | None = b""
        self.gone = ""


class Audience:
    """All the listeners of one order."""

    def __init__(self, order: Order, say: Callable[[Word], None]) -> None:
        self._order = order
        self._say = say
        self._buffer = bytearray(READ_BYTES)
        self._poll = select.epoll()
        self._closely: dict[int, Listener] = {}
        self._by_sweep: dict[int, Listener] = {}
        self._refused: Counter[str] = Counter()
        self._dropped: Counter[str] = Counter()
        self._sweep_late = 0.0
        self._request = _request(order)
        self._all = [
            Listener(_socket(order), order.byterate) for _ in range(order.listeners)
        ]
        self._to_ask = iter(self._all)
        self._asked = 0

    def listen(self) -> Heard:
        """Carry out the order; takes at most its admission and hold seconds."""
        started, started_cpu = time.monotonic(), time.process_time()
        self._next_sweep = started + self._order.sweep_seconds
        self._admit(started)
        admitted, admitted_cpu = time.monotonic(), time.process_time()
        heard = self._count_heard()
        self._say(TunedIn(heard, admitted - started))
        self._hold(admitted + self._order.hold_seconds)
        ended, ended_cpu = time.monotonic(), time.process_time()
        return self._sum_up(
            started,
            heard,
            (admitted_cpu - started_cpu, admitted - started),
            (ended_cpu - admitted_cpu, ended - admitted),
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
            return 0.0 if not self._order.spread_seconds else 0.005
        return max(0.0, self._next_sweep - time.monotonic())

    # --- tuning in ---------------------------------------------------------

    def _tune_in_those_due(self, elapsed: float) -> None:
        total, spread = len(self._all), self._order.spread_seconds
        due = total if not spread else int(total * min(1.0, elapsed / spread))
        for _ in range(min(BATCH, due - self._asked)):
            self._ask(next(self._to_ask))

    def _ask(self, listener: Listener) -> None:
        self._asked += 1
        listener.asked_at = time.monotonic()
        code = listener.sock.connect_ex((self._order.host, self._order.port))
        if code not in (0, errno.EINPROGRESS):
            self._refuse(listener, errno.errorcode.get(code, str(code)))
            return
        number = listener.sock.fileno()
        self._closely[number] = listener
        self._poll.register(number, select.EPOLLOUT)
        # On loopback the connection stands before the call is back, mostly.
        self._send_request(listener)

    def _send_request(self, listener: Listener) -> None:
        try:
            listener.sock.send(self._request)
        except BlockingIOError:
            return  # connecting
        except OSError as error:
            self._refuse(listener, _name(error))
            return
        self._poll.modify(listener.sock.fileno(), select.EPOLLIN)

    # --- hearing -----------------------------------------------------------

    def _read_ready(self, patience: float) -> None:
        closely = self._closely
        for number, event in self._poll.poll(patience, 1024):
            listener = closely.get(number)
            if listener is None:
                continue
            if event & select.EPOLLOUT:
                self._send_request(listener)
                continue
            self._read(listener)
            if not listener.gone and _is_filled(listener.ear, time.monotonic()):
                self._poll.unregister(number)
                self._by_sweep[number] = closely.pop(number)

    def _sweep_if_due(self) -> None:
        late = time.monotonic() - self._next_sweep
        if late < 0:
            return
        self._sweep_late = max(self._sweep_late, late)
        for listener in tuple(self._by_sweep.values()):
            self._read(listener)
        self._next_sweep = time.monotonic() + self._order.sweep_seconds

    def _read(self, listener: Listener) -> None:
        try:
            count = listener.sock.recv_into(self._buffer)
        except BlockingIOError:
            listener.ear.play(time.monotonic())
            return
        except OSError as error:
            self._lose(listener, _name(error))
            return
        if not count:
            self._lose(listener, "closed by the server")
        elif listener.head is None:
            listener.ear.hear(count, time.monotonic())
        else:
            self._read_head(listener, bytes(self._buffer[:count]))

    def _read_head(self, listener: Listener, data: bytes) -> None:
        head, end, sound = ((listener.head or b"") + data).partition(b"\r\n\r\n")
        status = head.partition(b"\r\n")[0].decode("latin-1")
        if not end:
            listener.head = head
            if len(head) > HEAD_BYTES:
                self._refuse(listener, "an endless response head")
        elif status.split(" ")[1:2] != ["200"]:
            self._refuse(listener, status)
        else:
            listener.head = None
            if sound:
                listener.ear.hear(len(sound), time.monotonic())

    # --- losing ------------------------------------------------------------

    def _lose(self, listener: Listener, reason: str) -> None:
        if listener.head is not None:
            self._refuse(listener, reason)
            return
        self._dropped[reason] += 1
        self._forget(listener, reason)

    def _refuse(self, listener: Listener, reason: str) -> None:
        self._refused[reason] += 1
        self._forget(listener, reason)

    def _forget(self, listener: Listener, reason: str) -> None:
        listener.gone = reason
        number = listener.sock.fileno()
        self._closely.pop(number, None)
        self._by_sweep.pop(number, None)
        listener.sock.close()  # epoll forgets it, too

    # --- summing up --------------------------------------------------------

    def _count_heard(self) -> int:
        return sum(listener.ear.second_at is not None for listener in self._all)

    def _sum_up(
        self,
        started: float,
        heard: int,
        admission: tuple[float, float],
        hold: tuple[float, float],
    ) -> Heard:
        count = self._order.listeners
        ears = [listener.ear for listener in self._all]
        seconds = [ear.second_at for ear in ears if ear.second_at is not None]
        return Heard(
            listeners=count,
            heard=heard,
            refused=dict(self._refused),
            dropped=dict(self._dropped),
            first_byte=Spread.over(list(self._waits("first_at")), of=count),
            second=Spread.over(list(self._waits("second_at")), of=count),
            all_within=max(seconds) - started if len(seconds) == count else None,
            gaps=sum(ear.gaps for ear in ears),
            ears_with_gaps=sum(ear.gaps > 0 for ear in ears),
            longest_silence=max((ear.longest for ear in ears), default=0.0),
            sound_bytes=sum(ear.sound for ear in ears),
            admission_cpu=admission[0],
            admission_wall=admission[1],
            hold_cpu=hold[0],
            hold_wall=hold[1],
            sweep_late=self._sweep_late,
        )

    def _waits(self, what: str) -> Iterator[float]:
        for listener in self._all:
            at: float | None = getattr(listener.ear, what)
            if at is not None and listener.asked_at is not None:
                yield at - listener.asked_at


def _is_filled(ear: Ear, now: float) -> bool:
    if ear.second_at is None:
        return False
    return ear.buffered(now) >= FILLED_SECONDS or now - ear.second_at > CLOSELY_SECONDS


def _socket(order: Order) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setblocking(False)
    if order.source_address:
        sock.setsockopt(socket.IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1)
        sock.bind((order.source_address, 0))
    return sock


def _request(order: Order) -> bytes:
    icy = "Icy-MetaData: 1\r\n" if order.icy else ""
    return (
        f"GET {order.path} HTTP/1.0\r\nHost: {order.host}:{order.port}\r\n"
        f"User-Agent: groundwave-bench\r\n{icy}\r\n"
    ).encode()


def _name(error: OSError) -> str:
    return errno.errorcode.get(error.errno or 0, type(error).__name__)


def _say(word: Word) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(word) + b"\n")
    sys.stdout.buffer.flush()


def main() -> None:
    """Read an order on standard input, carry it out, answer on standard output."""
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
