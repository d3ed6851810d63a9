"""A station that has been on the air for a while, for tests that share it."""

from __future__ import annotations

import time
from pathlib import Path

from equipment.encoders import RawEncoder, mp3_frames
from equipment.old_tape import Piece, aac_frames, write_tape
from equipment.transmitters import Desk, Transmitter, eventually, kgnd
from groundwave.patchbay.messages import (
    Announced,
    Codec,
    MountLine,
    Role,
    StationLine,
)
from groundwave.transmitter.encodings import RENDITIONS


# What is on the air is heard: no two titles have the same tone.
LIVE = Piece("Sine on the Dale", 440, 60)
SAW = Piece("Sawtooth Morning", 550, 0)
PAST = (
    Piece("Old Mill Waltz", 660, 120),
    Piece("Ferry Song", 770, 150),
    Piece("The Ditch Rider", 880, 150),
    Piece("Two Owls", 990, 150),
    Piece("Kerosene Lamp", 1100, 120),
    LIVE,
)
# What the backup encoder sends.
SPARE = Piece("Letters from the Mesa", 1320, 0)
# What is always on at KGND Jazz.
JAZZ = Piece("Blue Hour", 330, 60)
PIECES = (*PAST, SAW, SPARE, JAZZ)


class OnAir:
    """
    KGND with an encoder and a quarter of an hour of tape, and KGND Jazz beside it,
    which has a tone of its own and nobody who sends.

    Tests may kill it, starve it and entitle it; ``put_right`` is for the next one.
    """

    def __init__(self, data: Path, station: StationLine | None = None) -> None:
        jazz = kgnd(
            slug="jazz",
            name="KGND Jazz",
            mounts=(MountLine(path="/jazz.mp3", codec=Codec.MP3),),
            standby=str(data / "jazz.mp3"),
        )
        (data / "jazz.mp3").write_bytes(
            b"".join(frame.data for frame in mp3_frames(JAZZ.hertz))
        )
        self.transmitter = Transmitter(data, station or kgnd(), jazz)
        self._encoder: RawEncoder | None = None
        self._backup: RawEncoder | None = None
        self._is_dark = True
        self._playing = LIVE

    @property
    def url(self) -> str:
        return self.transmitter.url

    def start(self) -> None:
        for piece in PAST:
            for rendition in RENDITIONS:
                aac_frames(piece.hertz, rendition.bitrate_kbps)
        now = time.time()  # noqa: TID251
        write_tape(self.transmitter.data, "kgnd", PAST, until=now)
        write_tape(self.transmitter.data, "jazz", (JAZZ,), until=now)
        self.put_right()

    def put_right(self) -> None:
        """Put on the air again what is not: transmitter, encoder, title."""
        if self._is_dark:
            self.light_up()
        if self._encoder is None or self._encoder.ended.is_set():
            self.send()
        if self._backup:
            self._backup.close()
            self._backup = None
        if self._playing is not LIVE:
            self.play(LIVE)

    def go_dark(self) -> None:
        self.transmitter.kill()
        self._is_dark = True
        if self._encoder:
            assert self._encoder.ended.wait(15)

    def light_up(self) -> None:
        """Start the transmitter; its encoder has not noticed yet."""
        self.transmitter.start()
        self._is_dark = False

    def send(self) -> None:
        if self._encoder:
            self._encoder.close()
        self._encoder = RawEncoder(self.transmitter, tone=self._playing.hertz)
        self._encoder.start()
        eventually(lambda: self.transmitter.on_air() == "main", seconds=30)
        self.play(self._playing)

    def have_backup(self) -> None:
        """A second encoder sends, and waits for its turn."""
        self._backup = RawEncoder(self.transmitter, Role.BACKUP, tone=SPARE.hertz)
        self._backup.start()
        self._backup.entitle(SPARE.title)

    def lose_main(self) -> None:
        """The plug of the encoder that is heard is pulled."""
        assert self._encoder
        self._encoder.cut()
        self._encoder = None

    def play(self, piece: Piece) -> None:
        assert self._encoder
        self._encoder.play(piece.hertz, piece.title)
        self._playing = piece

    def tell(self, news: Announced) -> None:
        """Say it to open pages, as the site does."""
        desk = Desk(self.transmitter)
        desk.send(news)
        desk.status()  # it has been read
        desk.close()

    def close(self) -> None:
        for encoder in (self._encoder, self._backup):
            if encoder:
                encoder.close()
        self.transmitter.stop()
