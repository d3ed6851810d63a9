"""One transmitter pulls another, as a radio would and as a browser would."""

from __future__ import annotations

from pathlib import Path

import pytest

from equipment.ears import Ear, tones
from equipment.encoders import RawEncoder, send_title
from equipment.transmitters import Page, Transmitter, eventually, kgnd, running
from groundwave.patchbay.messages import Codec, MountLine, Role


pytestmark = pytest.mark.journey

TONE, OTHER_TONE = 440, 880


def relaying(slug: str, url: str):
    mounts = (MountLine(path=f"/{slug}.mp3", codec=Codec.MP3),)
    return kgnd(slug=slug, name=slug.upper(), mounts=mounts, keys=(), relays=(url,))


def has_live_hls(transmitter: Transmitter) -> bool:
    try:
        return transmitter.get("/kgnd/high/live.m3u8").count(b".m4s") >= 2
    except OSError:
        return False


def test_a_relay_is_heard_titled_cut_and_pulled_again(
    transmitter: Transmitter, page: Page, tmp_path: Path, use
):
    origin = transmitter
    source = use(RawEncoder(origin, tone=TONE))
    page.until("on_air", role="main")
    eventually(lambda: has_live_hls(origin), seconds=30)
    stations = (
        relaying("radio", f"{origin.url}/kgnd.mp3"),
        relaying("browser", f"{origin.url}/kgnd/live.m3u8"),
    )
    with running(tmp_path / "edge", *stations) as edge:
        pages = {line.slug: use(Page(edge, line.slug)) for line in stations}
        for watched in pages.values():
            watched.until("on_air", role="relay", seconds=20)
        ears = {slug: use(Ear(edge, f"/{slug}.mp3")) for slug in pages}
        send_title(origin, Role.MAIN, b"Odetta")
        pages["radio"].until("now_playing", title="Odetta")
        for ear in ears.values():
            ear.hear_for(3)

        origin.kill()
        source.close()
        for watched in pages.values():
            watched.until("on_air", role="standby", seconds=20)
        origin.start()
        use(RawEncoder(origin, tone=OTHER_TONE))
        for watched in pages.values():
            watched.until("on_air", role="relay", seconds=40)
        for ear in ears.values():
            ear.hear_for(4)
            ear.close()
            assert not ear.ended.is_set()
            heard = [tone for tone, _ in tones(ear.sounds())]
            assert TONE in heard
            assert OTHER_TONE in heard
