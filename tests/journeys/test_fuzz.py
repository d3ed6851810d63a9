"""
Hostile bytes at every port, while somebody listens.

The seed is printed, and taken from ``GROUNDWAVE_FUZZ_SEED`` if that is set: what a
run sent, though not when, can be sent again.
"""

from __future__ import annotations

import base64
import contextlib
import logging
import os
import re
import socket
import struct
import threading
import time
from collections.abc import Callable
from random import Random, SystemRandom

import msgspec
import pytest

from equipment.ears import Ear, tones
from equipment.encoders import VECTORS, RawEncoder
from equipment.transmitters import Desk, Page, Transmitter, eventually, key_for
from groundwave.patchbay.line import Hello
from groundwave.patchbay.messages import (
    VERSION,
    Announced,
    Role,
    SessionsKept,
    SourceHeld,
    SourceKicked,
    StatusAsked,
)


pytestmark = pytest.mark.journey

log = logging.getLogger(__name__)

SECONDS = 30
TONE = 440
KEY = key_for(Role.BACKUP)
LOGIN = base64.b64encode(f"source:{KEY}".encode())
MOST_HELD = 60

_FAULT = re.compile("_failed|Traceback|exception|never retrieved", re.IGNORECASE)

TITBITS = [
    b"\r\n", b"\n\n", b"\r\n\r\n", b"\0", b"%", b"%00", b"%2e%2e/", b"+", b"&", b"=", b":",
    b"\xff\xfb\x90\x00", b"\xff\xf1\x50\x80", b"OggS\0\2", b"ID3\4\0\0\x7f\x7f\x7f\x7f",
    b"RIFF\xff\xff\xff\xffWAVE", b"fLaC", b"\x1a\x45\xdf\xa3", b"\0\0\0\x18ftypmp42",
    b"chunked", b"Transfer-Encoding: chunked\r\n", b"Content-Length: 99999999999\r\n",
    b"Expect: 100-continue\r\n", b"Connection: keep-alive\r\n", b"HTTP/1.1", b"SOURCE ",
    b"9" * 40, b"9" * 4500, b"-1", b"1e999", b"nan", "\u0661".encode(), b"\xff" * 64,
    b"\xed\xa0\x80", b"FFFFFFFFF\r\n", b"0\r\n\r\n", b"../../../../etc/passwd",
]  # fmt: skip
QUERIES = [
    "/kgnd/tape.m3u8?from={}&to={}", "/kgnd/high/tape.m3u8?from={}&to={}",
    "/kgnd/high/{}.m4s", "/kgnd/low/{}.mp4", "/kgnd/{}/live.m3u8", "/{}/live.m3u8",
    "/events?station={}&last_id={}", "/admin/metadata?mode=updinfo&mount={}&song={}",
    "/admin/metadata?mode=updinfo&mount=/kgnd&charset={}&song={}",
    "/admin.cgi?mode=updinfo&pass={}&song={}", "/7.xsl?mount={}", "/admin/{}",
    "/admin/killclient?mount=/kgnd.mp3&id={}", "/status-json.xsl?{}", "/kgnd.mp3?{}",
    "/kgnd.aac", "/health", "/metrics", "/%s", "{}",
]  # fmt: skip
HEADERS = [
    "Range: bytes={}", "Icy-MetaData: {}", "Last-Event-ID: {}", "Host: {}",
    "X-Forwarded-For: {}", "If-None-Match: {}", "Accept-Encoding: gzip{}",
    "Authorization: Basic {}", "Content-Length: {}", "User-Agent: {}", "{}",
]  # fmt: skip


def recorded_requests() -> list[bytes]:
    files = sorted((VECTORS / "icecast").glob("*/*.bin"))
    return [file.read_bytes() for file in files]


def recorded_sound() -> list[bytes]:
    kinds = {".mp3", ".aac", ".ogg", ".mp2"}
    files = sorted((VECTORS / "frames").iterdir())
    return [file.read_bytes() for file in files if file.suffix in kinds]


REQUESTS = recorded_requests()
SOUND = recorded_sound()


class Attacker:
    """Thinks of bytes, and sends them; everything it does follows from its seed."""

    def __init__(self, transmitter: Transmitter, seed: int, epoch: str) -> None:
        self.chance = Random(seed)
        self.sent = 0
        self._transmitter = transmitter
        self._epoch = epoch
        self._held: list[socket.socket] = []
        self._attacks: list[Callable[[], None]] = [
            self.mutated_request,
            self.mutated_request,
            self.random_bytes,
            self.tls_hello,
            self.huge_head,
            self.many_in_one,
            self.bad_chunks,
            self.bad_query,
            self.bad_query,
            self.hold_open,
            self.drip,
            self.patchbay,
        ]

    def attack(self) -> None:
        self.chance.choice(self._attacks)()
        self.sent += 1

    def let_go(self) -> None:
        for sock in self._held:
            sock.close()

    # --- bytes ------------------------------------------------------------------

    def noise(self, most: int = 400) -> bytes:
        return self.chance.randbytes(self.chance.randrange(most))

    def mutated(self, data: bytes) -> bytes:
        mutant = bytearray(data)
        for _ in range(self.chance.randrange(8)):
            at = self.chance.randrange(len(mutant) + 1)
            size = self.chance.randrange(1, 40)
            piece = self.chance.choice(
                [b"", self.noise(20), self.chance.choice(TITBITS), mutant[at : at + 99]]
            )
            mutant[at : at + self.chance.choice([0, 1, size])] = piece
        for _ in range(self.chance.randrange(3)):
            if mutant:
                mutant[self.chance.randrange(len(mutant))] = self.chance.randrange(256)
        if self.chance.random() < 0.3:
            del mutant[self.chance.randrange(len(mutant) + 1) :]
        return bytes(mutant)

    def request(self) -> bytes:
        request = self.chance.choice(REQUESTS)
        if self.chance.random() < 0.5:  # with a key that opens the backup's place
            request = request.replace(b"c291cmNlOmhhY2ttZQ==", LOGIN)
            request = request.replace(b"hackme", KEY.encode())
        return request

    def word(self) -> str:
        word = self.chance.choice(
            [
                self.chance.choice(TITBITS),
                self.noise(30),
                b"2026-10-11T12:00:00Z",
                b"1791720000.5",
                b"/kgnd",
                f"{self._epoch}-{self.chance.choice(['1', '-1', '9' * 4500])}".encode(),
            ]
        )
        quoted = self.chance.random() < 0.5
        return (
            "".join(f"%{byte:02x}" for byte in word)
            if quoted
            else word.decode("latin-1")
        )

    # --- attacks ----------------------------------------------------------------

    def mutated_request(self) -> None:
        self.send(self.mutated(self.request()))

    def random_bytes(self) -> None:
        self.send(self.noise(5000))

    def tls_hello(self) -> None:
        self.send(b"\x16\x03\x01" + self.noise(600))

    def huge_head(self) -> None:
        line = self.chance.choice([b"X: ", b"GET /", b"\r\n", b" ", b"a: b\r\n"])
        self.send(b"GET / HTTP/1.1\r\n" + line * self.chance.randrange(40_000))

    def many_in_one(self) -> None:
        request = self.chance.choice(
            [
                b"OPTIONS /kgnd HTTP/1.1\r\n\r\n",
                b"GET / HTTP/1.1\r\n\r\n",
                self.request(),
            ]
        )
        self.send(request * self.chance.randrange(2, 400))

    def bad_chunks(self) -> None:
        head = b"PUT /kgnd HTTP/1.1\r\nAuthorization: Basic " + LOGIN
        head += b"\r\nTransfer-Encoding: chunked\r\n\r\n"
        self.send(head + self.mutated(b"40\r\n" + bytes(64) + b"\r\n0\r\n\r\n"))

    def bad_query(self) -> None:
        target = self.chance.choice(QUERIES).replace("%s", "{}")
        header = self.chance.choice(HEADERS).replace("{}", self.word())
        while "{}" in target:
            target = target.replace("{}", self.word(), 1)
        method = self.chance.choice(["GET", "GET", "GET", "HEAD", "POST", "OPTIONS"])
        text = (
            f"{method} {target} HTTP/1.{self.chance.randrange(2)}\r\n{header}\r\n\r\n"
        )
        self.send(text.encode("latin-1"), patience=0.2)

    def hold_open(self) -> None:
        if len(self._held) < MOST_HELD:
            sock = self._connected(self.chance.randrange(2))
            half = self.request()[: self.chance.randrange(200)]
            with contextlib.suppress(OSError):
                sock.sendall(half)
            self._held.append(sock)

    def drip(self) -> None:
        for sock in list(self._held):
            try:
                sock.send(self.chance.choice([b"a", b"\r", b"\n", b"\0"]))
            except OSError:
                self._held.remove(sock)
                sock.close()

    def patchbay(self) -> None:
        """Nothing here may be a whole line-up: what the site says is done."""
        encode = msgspec.msgpack.encode
        message = encode(
            self.chance.choice(
                [
                    StatusAsked(),
                    SessionsKept(batch=self.chance.randrange(1 << 40)),
                    Announced(event="story", data="{}", station="nowhere"),
                    SourceKicked(station="nowhere", role=Role.MAIN, by="nobody"),
                    SourceHeld(station="nowhere", role=None, by="nobody"),
                ]
            )
        )
        hello = encode(Hello(VERSION, "site"))
        frames = [self.chance.choice([hello, self.mutated(hello)])]
        frames += [self.mutated(message) for _ in range(self.chance.randrange(4))]
        data = b"".join(self._framed(frame) for frame in frames) + self.noise(50)
        with socket.socket(socket.AF_UNIX) as sock:
            sock.settimeout(2)
            with contextlib.suppress(OSError):
                sock.connect(str(self._transmitter.data / "run" / "patchbay.sock"))
                sock.sendall(data)
                self._perhaps_read(sock, 0.02)

    def _framed(self, body: bytes) -> bytes:
        size = len(body) if self.chance.random() < 0.9 else self.chance.getrandbits(32)
        return struct.pack(">I", size) + body

    def sound(self) -> None:
        """A source on the backup's place, whose sound is damaged."""
        head = b"SOURCE /kgnd HTTP/1.0\r\nAuthorization: Basic " + LOGIN + b"\r\n\r\n"
        first = self.chance.choice(SOUND)
        with self._connected(0) as sock, contextlib.suppress(OSError):
            sock.settimeout(2)
            sock.sendall(head)
            sock.recv(4096)
            for _ in range(self.chance.randrange(2, 12)):
                sock.sendall(self.mutated(first) * self.chance.randrange(1, 8))
                if self.chance.random() < 0.3:
                    first = self.chance.choice([*SOUND, self.noise(20_000)])
                time.sleep(self.chance.random() * 0.3)
            self._perhaps_read(sock, 0.5)
        self.sent += 1

    # --- sockets ----------------------------------------------------------------

    def send(self, data: bytes, *, patience: float = 0.02) -> None:
        offset = self.chance.choice([0, 0, 0, 1])
        with self._connected(offset) as sock, contextlib.suppress(OSError):
            sock.settimeout(2)
            for piece in self._pieces(data):
                sock.sendall(piece)
            self._perhaps_read(sock, patience)
            if self.chance.random() < 0.3:  # leave with a bang
                linger = struct.pack("ii", 1, 0)
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)

    def _connected(self, offset: int) -> socket.socket:
        port = self._transmitter.port + offset
        return socket.create_connection(("127.0.0.1", port), timeout=5)

    def _pieces(self, data: bytes) -> list[bytes]:
        cut = self.chance.randrange(len(data) + 1)
        return [data] if self.chance.random() < 0.7 else [data[:cut], data[cut:]]

    def _perhaps_read(self, sock: socket.socket, seconds: float) -> None:
        if self.chance.random() < 0.7:
            sock.settimeout(seconds)
            sock.recv(65536)


def number(transmitter: Transmitter, name: str) -> float:
    text = transmitter.get("/metrics").decode()
    found = re.search(rf"^{name} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else 0.0


def descriptors(transmitter: Transmitter) -> float:
    return number(transmitter, "process_open_fds")


def epoch_of(transmitter: Transmitter) -> str:
    with socket.create_connection(("127.0.0.1", transmitter.port)) as sock:
        sock.sendall(b"GET /events HTTP/1.1\r\n\r\n")
        received = b""
        while not (found := re.search(rb"^id: (\w+)-\d+$", received, re.MULTILINE)):
            received += sock.recv(4096)
    return found[1].decode()


def test_hostile_bytes_cost_nothing_but_their_connection(
    transmitter: Transmitter, page: Page, use
):
    seed = int(os.environ.get("GROUNDWAVE_FUZZ_SEED") or SystemRandom().getrandbits(32))
    log.info("GROUNDWAVE_FUZZ_SEED=%s", seed)
    use(RawEncoder(transmitter, tone=TONE))
    page.until("on_air", role="main")
    use(Ear(transmitter)).hear_for(4)
    ear = use(Ear(transmitter))
    ear.hear_for(4)
    attacker = Attacker(transmitter, seed, epoch_of(transmitter))
    with_sound = Attacker(transmitter, seed + 1, "")
    before = descriptors(transmitter)
    memory = number(transmitter, "process_resident_memory_bytes")

    ends_at = time.monotonic() + SECONDS

    def go_on(attack: Callable[[], None]) -> None:
        while time.monotonic() < ends_at:
            attack()

    in_parallel = threading.Thread(target=go_on, args=(with_sound.sound,))
    in_parallel.start()
    go_on(attacker.attack)
    in_parallel.join()
    attacker.let_go()
    log.info("%s attacks, %s damaged sources", attacker.sent, with_sound.sent)

    assert not ear.ended.is_set()
    assert transmitter.on_air() == "main"
    found = faults(transmitter)
    assert not found, found[0]
    everything_is_given_back(transmitter, before)
    grown = number(transmitter, "process_resident_memory_bytes") - memory
    log.info("the transmitter grew by %.1f MB", grown / 1e6)
    assert grown < 30e6
    ear.close()
    assert ear.longest_dry_spell() == 0
    assert [tone for tone, _ in tones(ear.sounds())] == [TONE]


def faults(transmitter: Transmitter) -> list[str]:
    """What nobody foresaw, with the lines around it."""
    lines = transmitter.log
    return [
        "\n".join(lines[max(0, number - 2) : number + 30])
        for number, line in enumerate(lines)
        if _FAULT.search(line)
    ]


def everything_is_given_back(transmitter: Transmitter, before: float) -> None:
    """A page that has left is noticed when it is told something."""
    desk = Desk(transmitter)

    def is_given_back() -> bool:
        desk.send(Announced(event="news", data="{}"))
        return descriptors(transmitter) <= before + 2  # the desk, and who asks

    eventually(is_given_back, seconds=45)
    desk.close()
