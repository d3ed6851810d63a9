"""
One connected source: its bytes in, its frames for every output of the station out.

What matches an output passes through bit for bit; a codec in a process of its own
makes the rest, and measures the level. The codec may die: what passes through
goes on. The bytes decide what the source is, not its headers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import assert_never

from groundwave.audio.job import (
    CodecJob,
    Consumed,
    Encoded,
    Encoding,
    Measured,
    NotAudio,
    Recognized,
    Report,
)
from groundwave.audio.supervision import SupervisedCodec
from groundwave.transmitter.health import Health
from groundwave.transmitter.lane import Lane
from groundwave.transmitter.output import Output
from groundwave.transmitter.passage import Passage
from groundwave.transmitter.stamped import StampedFrame
from groundwave.wire.frames.frame import Frame


# A source may send this far ahead of real time before it is made to wait: enough
# for an encoder that fills buffers when it connects, too little to matter on disk.
AHEAD_SECONDS = 8.0
# A codec this far behind is hung or overloaded; its supervisor sees to it.
CODEC_BEHIND_BYTES = 1 << 20
# Where nothing passes through, how long these bytes sound is not known before the
# codec has worked them off: 2.7 seconds at 96 kbit/s, 16 at 16.
UNHEARD_BYTES = 32_768
CODEC_PAUSE = 0.1

Hear = Callable[[str, Sequence[StampedFrame]], None]
Tell = Callable[[str], None]


def _tell_nobody(*_: object) -> None:
    pass


class Feed:
    """
    Turns a source's bytes into stamped frames for each of *outputs*.

    Args:
        content_type: what the source says it sends.
        air: the air clock.
        hear: called with an output's name and its new frames.
        refuse: called with a sentence when what arrives never was sound.
        codec_ended: called with a sentence when a codec ended unasked; another takes
            its place.
    """

    def __init__(
        self,
        *,
        content_type: str,
        outputs: Sequence[Output],
        silence_dbfs: float,
        air: Callable[[], float],
        hear: Hear,
        refuse: Tell,
        codec_ended: Tell = _tell_nobody,
    ) -> None:
        self.health = Health()
        self.bytes_received = 0
        self.codec: SupervisedCodec | None = None
        self._content_type = content_type
        self._encodings = {output.encoding.name: output.encoding for output in outputs}
        self._silence_dbfs = silence_dbfs
        self._air = air
        self._hear = hear
        self._refuse = refuse
        self._codec_ended = codec_ended
        self._lanes = {name: Lane() for name in self._encodings}
        self._passage = Passage(
            [output.encoding for output in outputs if output.passthrough]
        )
        self._waiting: list[bytes] = []

    @property
    def level_dbfs(self) -> float | None:
        """How loud it is now; None once nothing comes of which that is known."""
        return self.health.level(self._air())

    @property
    def is_healthy(self) -> bool:
        """Whether it sounds: it sends without a break, and not silence."""
        health = self.health
        return health.is_heard(self._air()) and health.silent_since is None

    @property
    def trouble(self) -> str:
        """Why what it sends cannot be used, as a sentence; mostly empty."""
        return self.health.trouble or (self.codec.trouble if self.codec else "")

    @property
    def measured_kbps(self) -> float:
        """What an MP3 or AAC source really sends; 0 if not known."""
        return self._passage.measured_kbps

    @property
    def passes_through(self) -> tuple[str, ...]:
        """The outputs that get the source's own frames."""
        return self._passage.names

    def receive(self, data: bytes) -> None:
        """Take the source's next bytes."""
        self.bytes_received += len(data)
        passed = self._passage.receive(data)
        if self._passage.verdict:
            self._refuse(self._passage.verdict)
            return
        if self.codec is None:
            self._waiting.append(data)
            if self._passage.is_decided:
                self._start_codec()
        else:
            self.codec.feed(data)
        if passed:
            self._hear_frames(self._passage.names, passed)

    def pause(self) -> float:
        """
        Return the seconds that the source should be left waiting now.

        More than 0 when it is far ahead of real time, or the codec behind.
        """
        most = CODEC_BEHIND_BYTES if self.passes_through else UNHEARD_BYTES
        if self.codec and self.codec.pending_bytes > most:
            return CODEC_PAUSE
        now = self._air()
        ahead = (lane.clock.ahead(now) for lane in self._lanes.values())
        return max(0.0, max(ahead, default=0.0) - AHEAD_SECONDS)

    def arrives_at(self, name: str) -> float | None:
        """
        Return when what the source sends next is heard in output *name*.

        Later than now if the source is ahead. None if nothing of it was heard at all.
        """
        lane = self._lanes.get(name)
        if lane is None or lane.ends_at is None:
            return self.health.ends_at
        return lane.ends_at + self._under_way(name, lane)

    def frames_since(self, name: str, instant: float) -> list[StampedFrame]:
        """Return what the source sent for output *name* from *instant* on."""
        lane = self._lanes.get(name)
        return list(lane.shelf.since(instant)) if lane else []

    async def close(self) -> None:
        """End the codec and let go of the sound; the feed is not to be fed again."""
        # Whoever made the feed is reached by these and reaches it: without a cut the
        # sound of every source that ever left would wait for the garbage collector.
        self._hear, self._refuse = _tell_nobody, _tell_nobody
        self._codec_ended = _tell_nobody
        self._lanes.clear()
        if self.codec:
            await self.codec.close()

    def _under_way(self, name: str, lane: Lane) -> float:
        """Return how many seconds have come that are not in output *name* yet."""
        pending = self.codec.pending_bytes if self.codec else 0
        passed = self.passes_through
        if self.codec is None or not pending or name in passed:
            return 0.0
        if passed and not self.codec.restarts:  # a new child may have left some out
            return max(0.0, self._lanes[passed[0]].seconds - lane.seconds)
        # The codec takes in more than it has sounded, to find out what it is given.
        return pending * lane.seconds / max(1, self.bytes_received - pending)

    # --- the codec ----------------------------------------------------------------

    def _start_codec(self) -> None:
        job = CodecJob(
            content_type=self._content_type, encodings=_distinct(self._made_by_codec())
        )
        self.codec = SupervisedCodec(
            job, hear=self._hear_report, troubled=self._note_codec_ended
        )
        for data in self._waiting:
            self.codec.feed(data)
        self._waiting.clear()

    def _made_by_codec(self) -> list[Encoding]:
        """Return the encodings that the source does not pass through to."""
        return [
            encoding
            for name, encoding in self._encodings.items()
            if name not in self._passage.names
        ]

    def _note_codec_ended(self, sentence: str) -> None:
        self._codec_ended(sentence)

    def _hear_report(self, report: Report) -> None:
        match report:
            case Encoded():
                self._hear_encoded(report)
            case Measured():
                self._hear_level(report)
            case Recognized():
                self.health.description = report.description
                self.health.trouble = ""
            case NotAudio():
                self._hear_no_sound(report.sentence)
            case Consumed():
                pass
            case _:
                assert_never(report)

    def _hear_level(self, report: Measured) -> None:
        now = self._air()
        self.health.peak_dbfs = report.peak_dbfs
        self.health.measured(
            report.rms_dbfs,
            silent=report.rms_dbfs < self._silence_dbfs,
            since=now - report.seconds,
            now=now,
        )

    def _hear_no_sound(self, sentence: str) -> None:
        # A level is measured of decoded sound alone. What has decoded once is damaged
        # now and may recover; until then the chain sees that it brings no sound.
        if self.health.level_dbfs is None:
            self._refuse(sentence)
        else:
            self.health.trouble = sentence

    def _hear_encoded(self, report: Encoded) -> None:
        made = self._encodings[report.name]
        names = [
            each.name for each in self._made_by_codec() if each.sound == made.sound
        ]
        self._hear_frames(names, _frames_of(report, made))

    def _hear_frames(self, names: Sequence[str], frames: Sequence[Frame]) -> None:
        now = self._air()
        placed = {
            name: self._lanes[name].place(frames, now)
            for name in names
            if name in self._lanes
        }
        ends = (lane[-1].ends_at for lane in placed.values() if lane)
        self.health.sounds(now, until=max(ends, default=now))
        for name, lane in placed.items():
            self._hear(name, lane)


def _frames_of(report: Encoded, made: Encoding) -> list[Frame]:
    return [
        Frame(
            data=data,
            samples=report.samples_per_frame,
            sample_rate=made.sample_rate,
            channels=made.channels,
            bitrate_kbps=made.bitrate_kbps,
            independent=True,  # our encoders keep no bit reservoir
        )
        for data in report.frames
    ]


def _distinct(encodings: Sequence[Encoding]) -> tuple[Encoding, ...]:
    """Return one encoding of each kind: the same sound is made once."""
    return tuple({encoding.sound: encoding for encoding in encodings}.values())
