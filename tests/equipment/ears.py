"""Ears: what a listener's connection really brought, decoded by ffmpeg."""

from __future__ import annotations

import array
import contextlib
import itertools
import math
import socket
import subprocess
import threading
import time
from dataclasses import dataclass

from equipment.encoders import program
from equipment.transmitters import Transmitter
from groundwave.wire.http.head import ResponseHead, ResponseReader
from groundwave.wire.icy import IcyReader, TitleReceived


RATE = 44100
SILENT_RMS = 50


@dataclass(frozen=True)
class Sound:
    """A tenth of a second of what was heard."""

    at: float  # seconds of sound since the beginning
    hertz: int
    rms: int


class Ear:
    """
    One listener, on one connection that is never made again.

    Attributes:
        audio: every byte of sound so far.
        titles: each title with the number of bytes of sound before it.
        ended: set when the server closed the connection.
    """

    def __init__(
        self,
        transmitter: Transmitter,
        path: str = "/kgnd.mp3",
        *,
        agent: str = "an ear",
    ) -> None:
        self.audio = bytearray()
        self.titles: list[tuple[int, str]] = []
        self.arrivals: list[tuple[float, int]] = []
        self.ended = threading.Event()
        self._has_hung_up = False
        self._head = ResponseReader()
        self._answered = threading.Event()
        self._news = threading.Condition()
        self.began = time.monotonic()
        self._sock = socket.create_connection(("127.0.0.1", transmitter.port))
        self._sock.sendall(
            f"GET {path} HTTP/1.0\r\nUser-Agent: {agent}\r\n"
            "Icy-MetaData: 1\r\n\r\n".encode()
        )
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self._listening.start()

    @property
    def head(self) -> ResponseHead:
        """The answer, up to the sound."""
        assert self._answered.wait(10)
        assert self._head.head
        return self._head.head

    def _listen(self) -> None:
        head = self._head
        icy: IcyReader | None = None
        try:
            while data := self._sock.recv(65536):
                if icy is None:
                    head.receive_data(data)
                    if head.head is None:
                        continue
                    self._answered.set()
                    icy = IcyReader(int(head.head.headers.get("icy-metaint", "0")))
                    data = head.leftover
                self._hear(icy.receive_data(data))
        except OSError:
            pass
        if not self._has_hung_up:
            self.ended.set()

    def _hear(self, parts: list[bytes | TitleReceived]) -> None:
        with self._news:
            for part in parts:
                if isinstance(part, TitleReceived):
                    self.titles.append((len(self.audio), part.title))
                else:
                    self.audio += part
            self.arrivals.append((time.monotonic(), len(self.audio)))
            self._news.notify_all()

    def until_title(self, title: str, *, seconds: float = 15) -> None:
        with self._news:
            found = self._news.wait_for(
                lambda: any(title == heard for _, heard in self.titles), seconds
            )
        assert found, f"{title!r} not in {self.titles}"

    def until_bytes(self, count: int, *, seconds: float = 20) -> None:
        with self._news:
            assert self._news.wait_for(lambda: len(self.audio) >= count, seconds)

    def hear_for(self, seconds: float, *, kbps: int = 128) -> None:
        """Wait until this much more sound has come."""
        wanted = len(self.audio) + int(seconds * kbps * 125)
        self.until_bytes(wanted, seconds=seconds * 2 + 10)

    def close(self) -> None:
        """Hang up; what was heard until now is all that ever will be."""
        self._has_hung_up = True
        with contextlib.suppress(OSError):  # the transmitter has, or we did before
            self._sock.shutdown(socket.SHUT_RDWR)
        self._listening.join()
        self._sock.close()

    def sounds(self, kind: str = "mp3") -> list[Sound]:
        return sounds_of(bytes(self.audio), kind)

    def longest_dry_spell(self, *, kbps: int = 128) -> float:
        """
        The longest time a player would have been silent, in seconds.

        A player that starts when it has a second of sound, and plays at the
        bitrate, runs dry whenever less has come than has been played.
        """
        per_second = kbps * 125
        heard = [(at, had) for at, had in self.arrivals if had >= per_second]
        started = heard[0][0]
        dry, longest = 0.0, 0.0
        for (_, had), (at, _) in itertools.pairwise(heard):
            played = at - started - dry
            missing = played - had / per_second
            if missing > 0:
                dry += missing
                longest = max(longest, missing)
        return longest


def decode(data: bytes, kind: str) -> array.array[int]:
    """Decode to mono 16-bit samples at 44.1 kHz."""
    pcm = subprocess.run(
        [
            *(program("ffmpeg"), "-nostdin", "-loglevel", "quiet", "-f", kind),
            *("-i", "-", "-ac", "1", "-ar", str(RATE), "-f", "s16le", "-"),
        ],
        input=data,
        capture_output=True,
        check=False,
    ).stdout
    return array.array("h", pcm[: len(pcm) // 2 * 2])


def sounds_of(data: bytes, kind: str) -> list[Sound]:
    samples = decode(data, kind)
    step = RATE // 10
    return [
        _sound(samples[start : start + step], start / RATE)
        for start in range(0, len(samples) - step, step)
    ]


def _sound(samples: array.array[int], at: float) -> Sound:
    crossings = sum((a < 0) != (b < 0) for a, b in itertools.pairwise(samples))
    rms = math.sqrt(sum(s * s for s in samples) / len(samples))
    return Sound(at, round(crossings * 5), round(rms))


def tones(sounds: list[Sound], *, since: int | None = None) -> list[tuple[int, float]]:
    """
    Which tones were heard in turn, and for how many seconds; short mixes left out.

    With *since*, what was heard before that tone is left out: a mount's burst
    may still hold whatever was on air before.
    """
    heard = [(round(s.hertz / 20) * 20 if s.rms > SILENT_RMS else 0) for s in sounds]
    runs = [(tone, len(list(run)) / 10) for tone, run in itertools.groupby(heard)]
    found = [(tone, seconds) for tone, seconds in runs if seconds >= 0.3]
    return list(itertools.dropwhile(lambda run: since not in (None, run[0]), found))
