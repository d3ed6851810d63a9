"""A real transmitter in a process of its own, and its event stream."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import queue
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from groundwave.patchbay.blocking import open_line
from groundwave.patchbay.lineup import save_lineup
from groundwave.patchbay.messages import (
    Codec,
    FromSite,
    FromTransmitter,
    KeyLine,
    LineupPublished,
    LineupTaken,
    MountLine,
    Role,
    StationLine,
    Status,
    StatusAsked,
)
from groundwave.wire.sse import EventStreamReader


CHANCE = random.SystemRandom()
ADMIN_PASSWORD = "a statistics password"


def key_for(role: Role) -> str:
    return f"key-of-the-{role.value}"


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def kgnd(**changes: Any) -> StationLine:
    """KGND, with a key for each role, patience short enough for tests."""
    facts: dict[str, Any] = {
        "slug": "kgnd",
        "name": "KGND 89.3",
        "timezone": "America/Denver",
        "mounts": (
            MountLine(path="/kgnd.mp3", codec=Codec.MP3),
            MountLine(path="/kgnd.aac", codec=Codec.AAC),
        ),
        "keys": tuple(
            KeyLine(
                id=number, person=role.value, role=role, digest=digest(key_for(role))
            )
            for number, role in enumerate((Role.STUDIO, Role.MAIN, Role.BACKUP), 1)
        ),
        "grace_seconds": 1.0,
        "silence_seconds": 4.0,
        "return_seconds": 1.0,
    }
    return StationLine(**{**facts, **changes})


def kgnd_without_standby(**changes: Any) -> StationLine:
    """KGND for tests in which nobody waits for a standby loop to be made."""
    return kgnd(**{"standby": "/nonexistent/standby.mp3", **changes})


def lineup_of(*stations: StationLine, edition: int = 1) -> LineupPublished:
    return LineupPublished(
        edition=edition, stations=stations, admin_digest=digest(ADMIN_PASSWORD)
    )


def free_port_pair() -> int:
    """
    A port that is free, and so is the next one.

    Neither is one that a system gives to whoever calls somebody: a transmitter that is
    killed finds its port free again.
    """
    while True:
        # Other workers are not to try the same ones: nobody's seed.
        port = CHANCE.randrange(10_000, 32_000, 2)
        with (
            socket.socket() as first,
            socket.socket() as second,
            contextlib.suppress(OSError),
        ):
            first.bind(("127.0.0.1", port))
            second.bind(("127.0.0.1", port + 1))
            return port


class Transmitter:
    """Starts ``python -m groundwave.transmitter`` on a folder; may be started again."""

    def __init__(self, data: Path, *stations: StationLine) -> None:
        self.data = data
        self.port = free_port_pair()
        self.log: list[str] = []
        self._process: subprocess.Popen[str] | None = None
        save_lineup(
            data / "transmitter" / "lineup.json", lineup_of(*stations or (kgnd(),))
        )

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "GROUNDWAVE_DATA": str(self.data),
            "GROUNDWAVE_AIR_PORT": str(self.port),
        }

    def start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "groundwave.transmitter"],
            env=self.environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        ready = threading.Event()
        self._reading = threading.Thread(target=self._read_log, args=(ready,))
        self._reading.start()
        assert ready.wait(20), "\n".join(self.log)

    def _read_log(self, ready: threading.Event) -> None:
        assert self._process
        assert self._process.stderr
        with self._process.stderr as lines:
            for line in lines:
                self.log.append(line.rstrip())
                if "transmitter_ready" in line:
                    ready.set()

    def kill(self) -> None:
        assert self._process
        self._process.kill()
        self._process.wait()
        self._reading.join()

    def stop(self) -> int:
        if self._process is None or self._process.poll() is not None:
            return 0
        self._process.send_signal(signal.SIGTERM)
        try:
            return self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise
        finally:
            self._reading.join()

    def get(self, path: str, *, timeout: float = 10) -> bytes:
        with urllib.request.urlopen(self.url + path, timeout=timeout) as response:
            return bytes(response.read())

    def health(self) -> dict[str, Any]:
        return dict(json.loads(self.get("/health")))

    def on_air(self, slug: str = "kgnd") -> str | None:
        role = self.health()["stations"][slug]["on_air"]
        return None if role is None else str(role)

    def codec_pids(self) -> list[int]:
        """The codec children that are running."""
        children = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(self.pid)],
            capture_output=True,
            text=True,
            check=False,
        ).stdout.splitlines()
        return [int(line.split()[0]) for line in children if "audio.codec" in line]


Wanted = TypeVar("Wanted", bound=FromTransmitter)


class Desk:
    """The site's end of the patchbay, without a site."""

    def __init__(self, transmitter: Transmitter) -> None:
        self._unread: list[FromTransmitter] = []
        self._line = open_line(transmitter.data / "run" / "patchbay.sock")

    def send(self, message: FromSite) -> None:
        self._line.send(message)

    def publish(self, lineup: LineupPublished) -> None:
        """Put a line-up in force; what is told meanwhile is still to be read."""
        self.send(lineup)
        told: list[FromTransmitter] = []
        while not isinstance(message := self._line.receive(timeout=15), LineupTaken):
            told.append(message)
        assert message.edition == lineup.edition
        self._unread += told

    def until(self, kind: type[Wanted], *, seconds: float = 15) -> Wanted:
        """Wait for the next message of this kind; those before it are passed over."""
        deadline = time.monotonic() + seconds
        while True:
            if self._unread:
                message = self._unread.pop(0)
            else:
                message = self._line.receive(timeout=deadline - time.monotonic())
            if isinstance(message, kind):
                return message

    def status(self) -> Status:
        self.send(StatusAsked())
        return self.until(Status)

    def close(self) -> None:
        self._line.close()


class Page:
    """An open page: everything it is told, in order."""

    def __init__(self, transmitter: Transmitter, station: str = "kgnd") -> None:
        self.events: list[tuple[str, dict[str, Any]]] = []
        self._queue: queue.Queue[tuple[str, dict[str, Any]]] = queue.Queue()
        self._sock = socket.create_connection(("127.0.0.1", transmitter.port))
        self._sock.sendall(f"GET /events?station={station} HTTP/1.1\r\n\r\n".encode())
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        reader, head_seen = EventStreamReader(), b""
        with contextlib.suppress(OSError):
            while data := self._sock.recv(65536):
                if b"\r\n\r\n" not in head_seen:
                    head_seen += data
                    data = head_seen.partition(b"\r\n\r\n")[2]
                for event in reader.receive_data(data):
                    self._queue.put((event.event, json.loads(event.data)))

    def until(
        self, name: str, *, seconds: float = 15, **facts: object
    ) -> dict[str, Any]:
        """Wait for an event of this name with these facts."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            with contextlib.suppress(queue.Empty):
                event, data = self._queue.get(timeout=left)
                self.events.append((event, data))
                if event == name and facts.items() <= data.items():
                    return data
        raise AssertionError(f"no {name} {facts} in {self.events}")

    def close(self) -> None:
        self._sock.close()


@contextlib.contextmanager
def running(data: Path, *stations: StationLine) -> Iterator[Transmitter]:
    transmitter = Transmitter(data, *stations)
    transmitter.start()
    try:
        yield transmitter
    finally:
        transmitter.stop()


def eventually(fact: Callable[[], bool], *, seconds: float = 10) -> None:
    """Look again until *fact* holds; for what nobody announces."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not fact():
        assert time.monotonic() < deadline, f"{fact} never came to hold"
        pause.wait(0.05)
