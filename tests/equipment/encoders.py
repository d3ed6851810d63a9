"""Real encoders: ffmpeg, liquidsoap, and bytes on a socket."""

from __future__ import annotations

import base64
import contextlib
import shutil
import socket
import subprocess
import threading
import time
import urllib.request
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from equipment.transmitters import Transmitter, key_for
from groundwave.patchbay.messages import Role
from groundwave.wire.frames.frame import Frame
from groundwave.wire.frames.mpeg import MpegFramer


VECTORS = Path(__file__).parents[1] / "vectors"


def program(name: str) -> str:
    """Where a system program is; ``make test`` installs those that are missing."""
    path = shutil.which(name)
    assert path, f"{name} is missing; run 'make test', which installs it."
    return path


class Encoder:
    """A process that sends a tone to a transmitter."""

    def __init__(
        self, transmitter: Transmitter, role: Role = Role.MAIN, *, tone: int = 440
    ) -> None:
        self.transmitter = transmitter
        self.role = role
        self.tone = tone
        self._process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        raise NotImplementedError

    def start(self) -> None:
        self._process = subprocess.Popen(
            self.command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def cut(self) -> None:
        """Pull the plug in the middle of a frame."""
        assert self._process
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        if self._process and self._process.poll() is None:
            self.cut()


class FfmpegEncoder(Encoder):
    """ffmpeg, with PUT or (``legacy``) SOURCE."""

    legacy = False
    volume = "volume=0.5"
    pace: tuple[str, ...] = ("-re",)
    codec = ("-c:a", "libmp3lame", "-b:a", "128k", "-content_type", "audio/mpeg")
    container = "mp3"

    def command(self) -> list[str]:
        sine = f"sine=frequency={self.tone}:sample_rate=44100,{self.volume}"
        login = f"source:{key_for(self.role)}@127.0.0.1"
        return [
            *(program("ffmpeg"), "-nostdin", "-loglevel", "error"),
            *self.pace,
            *("-f", "lavfi", "-i", sine, "-ac", "2", "-t", "120"),
            *self.codec,
            *("-legacy_icecast", "1" if self.legacy else "0"),
            *("-f", self.container),
            f"icecast://{login}:{self.transmitter.port}/kgnd",
        ]


class FallingSilentEncoder(FfmpegEncoder):
    """Sounds for five seconds, and then sends silence."""

    volume = "volume='if(lt(t,5),0.5,0)':eval=frame"


class LegacyFfmpegEncoder(FfmpegEncoder):
    legacy = True


class OpusFfmpegEncoder(FfmpegEncoder):
    codec = ("-ar", "48000", "-c:a", "libopus", "-b:a", "96k")
    codec += ("-content_type", "application/ogg")
    container = "ogg"


class HastyFfmpegEncoder(FfmpegEncoder):
    """Pushes as fast as it is let."""

    pace = ()


class HastyOpusEncoder(OpusFfmpegEncoder):
    pace = ()


class AacFfmpegEncoder(FfmpegEncoder):
    codec = ("-c:a", "aac", "-b:a", "96k", "-content_type", "audio/aac")
    container = "adts"


class LiquidsoapEncoder(Encoder):
    """liquidsoap's ``output.icecast``, which speaks SOURCE."""

    shoutcast = False

    def command(self) -> list[str]:
        # In SHOUTcast's protocol it is liquidsoap that adds the one.
        protocol = '"icy"' if self.shoutcast else '"http"'
        script = f"""
            set("log.stdout", false) set("init.allow_root", true)
            output.icecast(%mp3(bitrate=128, samplerate=44100, stereo=true),
                host="127.0.0.1", port={self.transmitter.port}, mount="/kgnd",
                protocol={protocol},
                user="source", password="{key_for(self.role)}",
                amplify(0.5, sine({self.tone}.)))
        """
        return [program("liquidsoap"), script]


class LiquidsoapShoutcastEncoder(LiquidsoapEncoder):
    """liquidsoap speaking SHOUTcast, to the port plus one."""

    shoutcast = True


class RawEncoder(Encoder):
    """
    Bytes on a socket: frames at their own pace, from a thread.

    Attributes:
        answer: what the transmitter said to the request.
        sent: every frame that was sent.
        ended: set when the transmitter ended the connection.

    Args:
        ahead: seconds of sound that are sent at once, before the rest.
    """

    welcome = b" 200 "
    port_offset = 0

    def __init__(
        self,
        transmitter: Transmitter,
        role: Role = Role.MAIN,
        *,
        tone: int = 440,
        kbps: int = 128,
        request: str = "SOURCE /kgnd HTTP/1.0",
        headers: tuple[str, ...] = (),
        ahead: float = 0.0,
    ) -> None:
        super().__init__(transmitter, role, tone=tone)
        self.answer = b""
        self.sent: list[bytes] = []
        self.ended = threading.Event()
        self._frames = mp3_frames(tone, kbps)
        self._request = request
        self._headers = headers
        self._ahead = ahead
        self._sock: socket.socket | None = None
        self._sending: threading.Thread | None = None
        self._stopped = threading.Event()
        self._half_open = threading.Event()

    def start(self) -> None:
        port = self.transmitter.port + self.port_offset
        self._sock = socket.create_connection(("127.0.0.1", port))
        self.answer = self._greet(self._sock)
        if self.welcome in self.answer:
            self._sending = threading.Thread(target=self._send, daemon=True)
            self._sending.start()

    def play(self, tone: int, title: str) -> None:
        """Go on with another tone, and say what it is called."""
        self._frames = mp3_frames(tone)
        self.entitle(title)

    def entitle(self, title: str) -> None:
        query = urlencode({"mode": "updinfo", "mount": "/kgnd", "song": title})
        login = base64.b64encode(f"source:{key_for(self.role)}".encode()).decode()
        request = urllib.request.Request(
            f"{self.transmitter.url}/admin/metadata?{query}",
            headers={"Authorization": f"Basic {login}"},
        )
        with urllib.request.urlopen(request, timeout=10) as response:
            assert b"<return>1</return>" in response.read()

    def go_silent_on_the_wire(self) -> None:
        """Send no more, but leave the connection half-open."""
        self._half_open.set()

    def cut(self) -> None:
        self._stopped.set()
        if self._sock:
            with contextlib.suppress(OSError):  # it is cut already
                self._sock.shutdown(socket.SHUT_RDWR)
            self._sock.close()
        if self._sending:
            self._sending.join()

    def close(self) -> None:
        self.cut()

    def _greet(self, sock: socket.socket) -> bytes:
        """Ask to go on air; return the answer."""
        login = base64.b64encode(f"source:{key_for(self.role)}".encode()).decode()
        lines = [
            self._request,
            f"Authorization: Basic {login}",
            "Content-Type: audio/mpeg",
            "User-Agent: raw",
            *self._headers,
        ]
        sock.sendall("\r\n".join([*lines, "", ""]).encode())
        return sock.recv(4096)

    def _on_the_wire(self, frame: bytes) -> bytes:
        return frame

    def _send(self) -> None:
        assert self._sock
        began, position, number = time.monotonic() - self._ahead, 0.0, 0
        try:
            while not self._stopped.wait(max(0, began + position - time.monotonic())):
                if self._half_open.is_set():
                    self._stopped.wait()
                    return
                frame = self._frames[number % len(self._frames)]
                self._sock.sendall(self._on_the_wire(frame.data))
                self.sent.append(frame.data)
                position += frame.seconds
                number += 1
        except OSError:
            self.ended.set()


class ChunkedEncoder(RawEncoder):
    """PUT over HTTP/1.1, in chunks."""

    welcome = b" 100 "

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(
            *arguments,
            request="PUT /kgnd HTTP/1.1",
            headers=("Host: ", "Transfer-Encoding: chunked", "Expect: 100-continue"),
            **options,
        )

    def _on_the_wire(self, frame: bytes) -> bytes:
        return f"{len(frame):X}\r\n".encode() + frame + b"\r\n"


class ShoutcastEncoder(RawEncoder):
    """SHOUTcast 1: the password first, on the port plus one."""

    welcome = b"OK2\r\n"
    port_offset = 1

    def _greet(self, sock: socket.socket) -> bytes:
        sock.sendall(f"{key_for(self.role)}\r\n".encode())
        answer = sock.recv(4096)
        sock.sendall(b"icy-name:KGND\r\nicy-br:128\r\ncontent-type:audio/mpeg\r\n\r\n")
        return answer


class PokingEncoder(RawEncoder):
    """libshout's two requests on one connection, as they were recorded."""

    welcome = b" 100 "
    poke_answer = b""

    def _greet(self, sock: socket.socket) -> bytes:
        recorded = VECTORS / "icecast" / "libshout-2.4.6"
        sock.sendall((recorded / "1-poke.bin").read_bytes())
        self.poke_answer = sock.recv(4096)
        put, _, _ = (recorded / "2-put.bin").read_bytes().partition(b"\r\n\r\n")
        login = base64.b64encode(f"source:{key_for(self.role)}".encode())
        sock.sendall(put.replace(b"c291cmNlOmhhY2ttZQ==", login) + b"\r\n\r\n")
        return sock.recv(4096)


@cache
def mp3_frames(tone: int, kbps: int = 128) -> list[Frame]:
    """A tone of a second or so, as frames that follow each other for ever."""
    sine = f"sine=frequency={tone}:sample_rate=44100,volume=0.5"
    data = subprocess.run(
        [
            *(program("ffmpeg"), "-nostdin", "-loglevel", "error"),
            *("-f", "lavfi", "-i", sine, "-ac", "2", "-t", "10"),
            *("-c:a", "libmp3lame", "-b:a", f"{kbps}k", "-reservoir", "0"),
            *("-write_xing", "0", "-id3v2_version", "0", "-f", "mp3", "-"),
        ],
        capture_output=True,
        check=True,
    ).stdout
    return MpegFramer().receive_data(data)[2:-2]


def send_title(
    transmitter: Transmitter, role: Role, song: bytes, *, charset: str = ""
) -> bytes:
    """Send a title as encoders do: raw bytes in the request line."""
    login = base64.b64encode(f"source:{key_for(role)}".encode())
    query = b"mode=updinfo&mount=/kgnd&song=" + song.replace(b" ", b"%20")
    if charset:
        query += b"&charset=" + charset.encode()
    with socket.create_connection(("127.0.0.1", transmitter.port)) as sock:
        sock.sendall(
            b"GET /admin/metadata?" + query + b" HTTP/1.0\r\n"
            b"Authorization: Basic " + login + b"\r\n\r\n"
        )
        answer = b""
        while data := sock.recv(4096):
            answer += data
    return answer


def tone_file(path: Path, tone: int, seconds: float) -> Path:
    subprocess.run(
        [
            *(program("ffmpeg"), "-nostdin", "-loglevel", "error", "-y"),
            *("-f", "lavfi", "-i", f"sine=frequency={tone}:sample_rate=44100"),
            *("-ac", "2", "-t", str(seconds), str(path)),
        ],
        check=True,
    )
    return path
