from __future__ import annotations

import subprocess
import sys

import msgspec
import pytest

from groundwave.audio.errors import EncodingUnusable
from groundwave.audio.job import CodecJob, Encoding


def test_a_job_arrives_as_it_was_sent():
    job = CodecJob(
        content_type="audio/mpeg",
        encodings=(Encoding(name="/kgnd.mp3", codec="mp3", channels=1),),
    )

    assert msgspec.msgpack.decode(msgspec.msgpack.encode(job), type=CodecJob) == job


@pytest.mark.parametrize(
    ("wrong", "advice"),
    [
        ({"codec": "mp3", "bitrate_kbps": 100}, "set /m to 32, 40, 48"),
        (
            {"codec": "mp3", "sample_rate": 22050, "bitrate_kbps": 320},
            "set /m to 8, 16",
        ),
        ({"codec": "mp3", "sample_rate": 96000}, "set /m to one of 48000, 44100"),
        ({"codec": "aac", "sample_rate": 44000}, "set /m to one of 16000"),
        ({"codec": "aac", "bitrate_kbps": 500}, "set /m to 16 to 320"),
        ({"codec": "aac", "channels": 6}, "set it to 1 or 2"),
    ],
)
def test_an_encoding_that_cannot_be_made_says_what_to_set(wrong, advice):
    with pytest.raises(EncodingUnusable, match=advice):
        Encoding(name="/m", **wrong)


def test_the_parents_modules_never_load_a_codec():
    """The process that holds the air stays small."""
    program = (
        "import sys, groundwave.audio.supervision, groundwave.audio.standby;"
        "print({'av', 'numpy', 'django'} & set(sys.modules))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )

    assert loaded.stdout.strip() == "set()"
