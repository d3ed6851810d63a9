from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from equipment.ears import Ear, sounds_of, tones
from equipment.encoders import (
    AacFfmpegEncoder,
    Encoder,
    FfmpegEncoder,
    LegacyFfmpegEncoder,
    LiquidsoapEncoder,
    OpusFfmpegEncoder,
    RawEncoder,
    program,
    send_title,
)
from equipment.transmitters import Page, Transmitter, kgnd_without_standby
from groundwave.patchbay.messages import Role, StationLine


pytestmark = pytest.mark.journey

MAIN, BACKUP = 440, 880


@pytest.fixture
def line() -> StationLine:
    """Whoever is a little slow to connect finds no standby sound before theirs."""
    return kgnd_without_standby()


@pytest.mark.parametrize(
    "kind", [FfmpegEncoder, LegacyFfmpegEncoder, LiquidsoapEncoder, RawEncoder]
)
def test_an_encoder_goes_on_air_is_cut_replaced_and_comes_back(
    kind: type[Encoder], transmitter: Transmitter, page: Page, use
):
    main = use(kind(transmitter, tone=MAIN))
    page.until("on_air", role="main")
    use(RawEncoder(transmitter, Role.BACKUP, tone=BACKUP))
    use(Ear(transmitter)).hear_for(5)  # a whole burst is there for the next one
    ear = use(Ear(transmitter))
    ear.hear_for(5)

    assert b"Metadata update successful" in send_title(
        transmitter, Role.MAIN, b"Plain ASCII"
    )
    ear.until_title("Plain ASCII")
    send_title(transmitter, Role.MAIN, "Żółta Łódź".encode())
    ear.until_title("Żółta Łódź")
    send_title(
        transmitter, Role.MAIN, "Grüße & Çà".encode("latin-1").replace(b"&", b"%26")
    )
    ear.until_title("Grüße & Çà")

    main.cut()
    page.until("on_air", role="backup")
    ear.hear_for(4)
    again = use(kind(transmitter, tone=MAIN))
    page.until("on_air", role="main", seconds=25)
    ear.hear_for(4)
    again.close()

    assert not ear.ended.is_set()
    heard = tones(ear.sounds(), since=MAIN)
    assert [tone for tone, _ in heard][:3] == [MAIN, BACKUP, MAIN]
    assert ear.longest_dry_spell() == 0


@pytest.mark.parametrize(
    ("kind", "untouched"),
    [
        (FfmpegEncoder, "/kgnd.mp3"),
        (AacFfmpegEncoder, "/kgnd.aac"),
        (OpusFfmpegEncoder, ""),
    ],
)
def test_any_format_is_heard_on_every_mount(
    kind: type[Encoder], untouched: str, transmitter: Transmitter, page: Page, use
):
    use(kind(transmitter, tone=MAIN))
    page.until("on_air", role="main")
    for path, container in (("/kgnd.mp3", "mp3"), ("/kgnd.aac", "aac")):
        ear = use(Ear(transmitter, path))
        ear.hear_for(8)
        ((_, seconds),) = tones(ear.sounds(container), since=MAIN)
        assert seconds > 3


def test_a_source_that_matches_the_mount_passes_through_bit_for_bit(
    transmitter: Transmitter, page: Page, use
):
    raw = use(RawEncoder(transmitter, tone=MAIN))
    page.until("on_air", role="main")
    ear = use(Ear(transmitter))
    ear.hear_for(5)
    ear.close()
    raw.close()
    assert bytes(ear.audio) in b"".join(raw.sent)


def test_a_real_player_hears_the_mount(
    transmitter: Transmitter, page: Page, use, tmp_path: Path
):
    """mpg123 asks as hardware radios do, and stops after 200 frames."""
    use(RawEncoder(transmitter, tone=MAIN))
    page.until("on_air", role="main")
    use(Ear(transmitter)).hear_for(5)
    heard = tmp_path / "heard.wav"
    subprocess.run(
        [
            *(program("mpg123"), "-q", "-n", "200", "-w", str(heard)),
            f"{transmitter.url}/kgnd.mp3",
        ],
        check=True,
        timeout=30,
    )
    ((tone, seconds),) = tones(sounds_of(heard.read_bytes(), "wav"))
    assert tone == MAIN
    assert seconds > 4
