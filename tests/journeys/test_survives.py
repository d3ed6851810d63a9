"""What listeners hear and what the tape holds when something is killed."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
from pathlib import Path

import pytest

from equipment.ears import Ear, sounds_of, tones
from equipment.encoders import (
    FallingSilentEncoder,
    FfmpegEncoder,
    RawEncoder,
    program,
)
from equipment.transmitters import (
    Page,
    Transmitter,
    eventually,
    kgnd_without_standby,
    running,
)
from groundwave.patchbay.messages import Role


pytestmark = pytest.mark.journey

MAIN, BACKUP = 440, 880


def sequences(playlist: str) -> list[int]:
    return [int(n) for n in re.findall(r"^(\d+)-\d+\.m4s$", playlist, re.MULTILINE)]


def hear_hls(url: str, seconds: float) -> list[tuple[int, float]]:
    pcm = subprocess.run(
        [
            *(program("ffmpeg"), "-nostdin", "-loglevel", "error"),
            *("-live_start_index", "0", "-i", url, "-t", str(seconds)),
            *("-ac", "1", "-ar", "44100", "-f", "wav", "-"),
        ],
        capture_output=True,
        check=True,
        timeout=90,
    ).stdout
    return tones(sounds_of(pcm, "wav"))


def test_killing_the_codec_is_not_heard_where_the_source_passes_through(
    transmitter: Transmitter, page: Page, use
):
    use(RawEncoder(transmitter, tone=MAIN))
    page.until("on_air", role="main")
    use(Ear(transmitter)).hear_for(5)
    passed, encoded = use(Ear(transmitter)), use(Ear(transmitter, "/kgnd.aac"))
    random.seed()
    for _ in range(3):
        passed.hear_for(random.uniform(1, 2))
        (codec,) = transmitter.codec_pids()
        os.kill(codec, signal.SIGKILL)
        eventually(lambda gone=codec: transmitter.codec_pids() not in ([], [gone]))
    passed.hear_for(4)
    encoded.hear_for(2)

    assert not passed.ended.is_set()
    assert not encoded.ended.is_set()
    assert passed.longest_dry_spell() == 0
    assert [tone for tone, _ in tones(passed.sounds(), since=MAIN)] == [MAIN]
    assert {tone for tone, _ in tones(encoded.sounds("aac"), since=MAIN)} == {MAIN}
    assert transmitter.on_air() == "main"


def test_a_codec_that_hangs_is_replaced(transmitter: Transmitter, page: Page, use):
    use(FfmpegEncoder(transmitter, tone=MAIN))
    page.until("on_air", role="main")
    use(Ear(transmitter, "/kgnd.aac")).hear_for(1)  # it has begun to work
    (codec,) = transmitter.codec_pids()
    os.kill(codec, signal.SIGSTOP)
    eventually(lambda: transmitter.codec_pids() not in ([], [codec]), seconds=20)
    ear = use(Ear(transmitter, "/kgnd.aac"))
    ear.hear_for(6)
    assert {tone for tone, _ in tones(ear.sounds("aac"), since=MAIN)} == {MAIN}


def test_killing_the_transmitter_leaves_a_tape_that_reads_and_goes_on(
    transmitter: Transmitter, page: Page, use
):
    first = use(RawEncoder(transmitter, tone=MAIN))
    page.until("on_air", role="main")
    playlist = "/kgnd/high/live.m3u8"
    eventually(lambda: _has_segments(transmitter, playlist, 3), seconds=40)
    before = sequences(transmitter.get(playlist).decode())
    transmitter.kill()
    first.close()

    transmitter.start()
    kept = sequences(transmitter.get(playlist).decode())
    assert kept[: len(before)] == before
    again = use(RawEncoder(transmitter, tone=BACKUP))
    eventually(lambda: _has_segments(transmitter, playlist, len(kept) + 2), seconds=40)
    text = transmitter.get(playlist).decode()
    after = sequences(text)

    assert after == list(range(after[0], after[0] + len(after)))
    assert after[: len(kept)] == kept
    assert "#EXT-X-DISCONTINUITY\n" in text
    again.close()
    heard = hear_hls(f"{transmitter.url}/kgnd/live.m3u8", len(after) * 4.9)
    assert {MAIN, BACKUP} <= {tone for tone, _ in heard}


def test_the_transmitter_survives_being_killed_at_any_moment(tmp_path: Path, use):
    with running(tmp_path) as transmitter:
        chance = random.Random()
        for kill in range(4):
            encoder = use(RawEncoder(transmitter, tone=MAIN))
            ear = use(Ear(transmitter))
            ear.hear_for(chance.uniform(0.5, 7))
            if kill == 3:
                eventually(lambda: _sequences_or_none(transmitter), seconds=30)
            before = _sequences_or_none(transmitter)
            transmitter.kill()
            encoder.close()
            assert ear.ended.wait(5)
            transmitter.start()
            after = _sequences_or_none(transmitter)
            assert after[: len(before)] == before
            assert after == sorted(set(after))
        assert after, "no segment ever reached the tape"


@pytest.mark.parametrize("line", [kgnd_without_standby()], ids=["without standby"])
def test_an_encoder_that_comes_back_on_a_half_open_line_takes_over(
    transmitter: Transmitter, page: Page, use
):
    lost = use(RawEncoder(transmitter, tone=MAIN))
    page.until("on_air", role="main")
    use(Ear(transmitter)).hear_for(4)
    ear = use(Ear(transmitter))
    lost.go_silent_on_the_wire()
    again = use(RawEncoder(transmitter, tone=BACKUP))
    assert b" 200 " in again.answer
    ear.hear_for(6)
    assert {MAIN, BACKUP} <= {tone for tone, _ in tones(ear.sounds())}


def test_a_second_encoder_with_a_living_ones_key_is_refused_in_words(
    transmitter: Transmitter, page: Page, use
):
    use(RawEncoder(transmitter, tone=MAIN))
    page.until("on_air", role="main")
    second = use(RawEncoder(transmitter, tone=BACKUP))
    assert b" 403 Mountpoint in use" in second.answer
    assert transmitter.on_air() == "main"


def test_silence_on_the_studio_line_puts_the_backup_on_air(
    transmitter: Transmitter, page: Page, use
):
    use(FallingSilentEncoder(transmitter, Role.STUDIO, tone=MAIN))
    page.until("on_air", role="studio")
    use(RawEncoder(transmitter, Role.BACKUP, tone=BACKUP))
    page.until("on_air", role="backup", seconds=20)
    ear = use(Ear(transmitter))
    ear.hear_for(8)
    assert tones(ear.sounds())[-1][0] == BACKUP


def test_standby_is_heard_when_nobody_sends_and_gives_way(
    transmitter: Transmitter, page: Page, use
):
    page.until("on_air", role="standby", seconds=20)
    use(Ear(transmitter)).hear_for(5)
    ear = use(Ear(transmitter))
    ear.hear_for(5)
    assert any(sound.rms > 100 for sound in ear.sounds())
    use(RawEncoder(transmitter, tone=MAIN))
    page.until("on_air", role="main")
    ear.hear_for(5)
    assert tones(ear.sounds())[-1][0] == MAIN
    assert ear.longest_dry_spell() == 0


def _has_segments(transmitter: Transmitter, playlist: str, count: int) -> bool:
    return len(_sequences_or_none(transmitter, playlist)) >= count


def _sequences_or_none(
    transmitter: Transmitter, playlist: str = "/kgnd/high/live.m3u8"
) -> list[int]:
    try:
        return sequences(transmitter.get(playlist).decode())
    except OSError:
        return []
