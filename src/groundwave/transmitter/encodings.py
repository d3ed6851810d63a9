"""What a station is heard in: the encodings of its tape and of its mounts."""

from __future__ import annotations

from groundwave.audio.job import Encoding
from groundwave.patchbay.messages import MountLine


# What the tape holds: the one rendition every browser takes, for a good line and
# for a phone in a tunnel.
RENDITIONS = (
    Encoding(name="high", codec="aac", bitrate_kbps=128, sample_rate=44100, channels=2),
    Encoding(name="low", codec="aac", bitrate_kbps=48, sample_rate=44100, channels=2),
)


def encoding_of(mount: MountLine) -> Encoding:
    """
    Return what *mount* is encoded in.

    Raises:
        EncodingUnusable: no codec makes that.
    """
    return Encoding(
        name=mount.path,
        codec=mount.codec.value,
        bitrate_kbps=mount.bitrate_kbps,
        sample_rate=mount.sample_rate,
        channels=mount.channels,
    )
