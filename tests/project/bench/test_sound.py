from __future__ import annotations

import shutil

import pytest

from groundwave.project.bench import sound
from groundwave.project.bench.errors import Unmeasurable


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="needs ffmpeg")
async def test_the_loop_is_whole_frames_at_exactly_the_bitrate():
    frames = await sound.loop()

    assert all(frame[:2] == b"\xff\xfb" for frame in frames)
    assert {len(frame) for frame in frames} == {417, 418}
    seconds = len(frames) * sound.FRAME_SECONDS
    assert sum(map(len, frames)) / seconds == pytest.approx(sound.BYTERATE, rel=1e-3)
    assert sound.LOOP_SECONDS <= seconds < sound.LOOP_SECONDS + 0.2


async def test_without_ffmpeg_the_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(Unmeasurable, match="apt install ffmpeg"):
        await sound.loop()
