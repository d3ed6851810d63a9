from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest

from groundwave.project.demo.encoder import Batch, DemoEncoder, Place, encoded
from groundwave.project.demo.programme import Part
from groundwave.project.demo.sound import RATE
from groundwave.wire.frames.mpeg import MpegFramer
from groundwave.wire.http.head import (
    Credentials,
    RequestHead,
    RequestReader,
    basic_credentials,
)


CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
NO = b"HTTP/1.1 401 Wrong source key\r\nContent-Length: 12\r\n\r\nAsk for one."


class Ear:
    """A transmitter as far as an encoder can see: it takes connections one by one."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(10)
        self._lines: list[socket.socket] = []
        self.port = self._server.getsockname()[1]

    def place(self) -> Place:
        return Place("127.0.0.1", self.port, "kgnd", "the-key")

    def take(self, answer: bytes) -> tuple[RequestHead, socket.socket]:
        line, _ = self._server.accept()
        self._lines.append(line)
        line.settimeout(10)
        reader = RequestReader()
        while reader.head is None:
            reader.receive_data(line.recv(65536))
        line.sendall(answer)
        return reader.head, line

    def take_titles(self, number: int) -> list[str]:
        titles = []
        for _ in range(number):
            head, line = self.take(b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n")
            titles.append(head.parameters["song"])
            line.close()
        return titles

    def close(self) -> None:
        for line in self._lines:
            line.close()
        self._server.close()


@pytest.fixture
def ear() -> Iterator[Ear]:
    ear = Ear()
    yield ear
    ear.close()


@pytest.fixture
def stop() -> Iterator[threading.Event]:
    stop = threading.Event()
    yield stop
    stop.set()


def on_air(ear: Ear, batches: list[Batch], stop: threading.Event) -> threading.Thread:
    encoder = DemoEncoder(ear.place(), iter(batches), stop)
    thread = threading.Thread(target=encoder.run, daemon=True)
    thread.start()
    return thread


def frames(number: int) -> list[bytes]:
    return [bytes([index]) * 417 for index in range(number)]


def heard(line: socket.socket) -> bytes:
    sound = b""
    while data := line.recv(65536):
        sound += data
    return sound


def test_it_goes_on_air_as_any_encoder_does(ear, stop):
    on_air(ear, [Batch("A - B", frames(4))], stop)
    head, _ = ear.take(CONTINUE)

    assert (head.method, head.path) == ("PUT", "/kgnd")
    assert basic_credentials(head.headers) == Credentials("source", "the-key")
    assert head.headers.get("content-type") == "audio/mpeg"


def test_sound_goes_out_at_the_speed_it_is_heard(ear, stop):
    on_air(ear, [Batch("A - B", frames(28)), Batch("A - B", frames(28))], stop)
    _, line = ear.take(CONTINUE)
    began = time.monotonic()
    ear.take_titles(1)
    sound = heard(line)
    lasted = time.monotonic() - began

    assert sound == b"".join(frames(28) * 2)
    assert 56 * 1152 / RATE - 0.2 < lasted < 56 * 1152 / RATE + 1.0


def test_every_title_is_told_once_and_in_any_language(ear, stop):
    batches = [
        Batch("Ottoline Sine - Café Ionosphère", frames(8)),
        Batch("Ottoline Sine - Café Ionosphère", frames(8)),
        Batch("Hertz & Daughters - Down", frames(8)),
    ]
    thread = on_air(ear, batches, stop)
    ear.take(CONTINUE)
    titles = ear.take_titles(2)
    thread.join(10)

    assert titles == ["Ottoline Sine - Café Ionosphère", "Hertz & Daughters - Down"]
    assert not thread.is_alive()


def test_it_comes_back_after_a_loss_and_says_its_title_again(ear, stop):
    on_air(ear, [Batch("A - B", frames(250))], stop)
    _, line = ear.take(CONTINUE)
    assert ear.take_titles(1) == ["A - B"]
    line.close()

    head, _ = ear.take(CONTINUE)
    assert head.method == "PUT"
    assert ear.take_titles(1) == ["A - B"]


def test_it_tries_again_when_it_is_turned_away(ear, stop, capfd):
    on_air(ear, [Batch("A - B", frames(4))], stop)
    _, refused = ear.take(NO)
    refused.close()
    head, _ = ear.take(CONTINUE)

    assert head.method == "PUT"
    assert "Ask for one." in capfd.readouterr().out


def test_it_stops_when_it_is_asked_to(ear, stop):
    thread = on_air(ear, [Batch("A - B", frames(250))], stop)
    ear.take(CONTINUE)
    stop.set()
    thread.join(5)

    assert not thread.is_alive()


def test_what_is_sent_is_mp3_that_a_mount_passes_through():
    silence = np.zeros((2, RATE), np.float32)
    batches = encoded(iter([Part("A - B", iter([silence, silence]))]))
    framer = MpegFramer()
    found = [
        f for batch in batches for f in framer.receive_data(b"".join(batch.frames))
    ]

    assert len(found) == pytest.approx(2 * RATE / 1152, abs=3)
    assert {len(frame.data) for frame in found} <= {417, 418}
    assert {frame.seconds for frame in found} == {1152 / RATE}
