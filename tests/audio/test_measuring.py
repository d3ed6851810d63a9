from __future__ import annotations

import pytest

from groundwave.audio.errors import Unmeasurable
from groundwave.audio.measuring import measured


MEDIA_TYPES = {
    "mp3": "audio/mpeg",
    "adts": "audio/aac",
    "m4a": "audio/mp4",
    "opus": "audio/ogg",
    "vorbis": "audio/ogg",
    "flac": "audio/flac",
    "wav": "audio/wav",
}


@pytest.mark.parametrize("form", MEDIA_TYPES)
def test_a_sound_file_is_known_by_its_bytes_and_has_a_length(tmp_path, sound, form):
    file = tmp_path / "whatever-it-is.called"
    file.write_bytes(sound(form, 3.0))

    facts = measured(file)

    assert facts.media_type == MEDIA_TYPES[form]
    assert facts.seconds == pytest.approx(3.0, abs=0.2)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<!doctype html><title>No</title>", "it is a web page"),
        (b"\x89PNG\r\n\x1a\n" + bytes(600), "it is a PNG picture"),
        (b"#EXTM3U\nfile:///etc/passwd\n", "it is a playlist"),
        (b"", "it is no known kind of audio"),
        (b"fLaC" + bytes(4000), "damaged|decoded|no sound"),
    ],
)
def test_what_does_not_sound_is_said_to_be_what_it_is(tmp_path, data, reason):
    file = tmp_path / "talk.mp3"
    file.write_bytes(data)

    with pytest.raises(Unmeasurable, match=reason):
        measured(file)


def test_a_kind_that_no_browser_plays_is_refused(tmp_path, sound):
    file = tmp_path / "talk.aiff"
    file.write_bytes(sound("aiff", 1.0))

    with pytest.raises(Unmeasurable, match="AIFF"):
        measured(file)


def test_a_file_that_was_cut_off_is_as_long_as_what_is_left_of_it(tmp_path, sound):
    whole = sound("mp3", 4.0)
    file = tmp_path / "half.mp3"
    file.write_bytes(whole[: len(whole) // 2])

    assert measured(file).seconds == pytest.approx(2.0, abs=0.3)
