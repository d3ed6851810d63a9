"""One transmitter pulls another, as a radio would and as a browser would."""

from __future__ import annotations

from pathlib import Path

import pytest

from equipment.ears import Ear, tones
from equipment.encoders import RawEncoder, send_title
from equipment.transmitters import Page, Transmitter, eventually, kgnd, running
from groundwave.patchbay.messages import Role


pytestmark = pytest.mark.journey

TONE, OTHER_TONE = 440, 880


# Its fragments are MP4, which the codec knows of files only.
def has_live_hls(transmitter: Transmitter) -> bool:
    try:
        return transmitter.get("/kgnd/high/live.m3u8").count(b".m4s") >= 1
    except OSError:
        return False


@pytest.mark.parametrize(
    ("path", "seconds_behind"),
    [
        pytest.param("/kgnd.mp3", 8, id="as a radio would"),
        # A playlist goes on with what was on the tape before.
        pytest.param("/kgnd/live.m3u8", 25, id="as a browser would"),
    ],
)
def test_a_relay_is_heard_cut_and_pulled_again(
    transmitter: Transmitter,
    page: Page,
    tmp_path: Path,
    use,
    path: str,
    seconds_behind: int,
):
    origin = transmitter
    source = use(RawEncoder(origin, tone=TONE))
    page.until("on_air", role="main")
    eventually(lambda: has_live_hls(origin), seconds=40)
    with running(tmp_path / "edge", kgnd(keys=(), relays=(origin.url + path,))) as edge:
        watched = use(Page(edge))
        watched.until("on_air", role="relay")
        ear = use(Ear(edge))
        send_title(origin, Role.MAIN, b"Odetta")
        ear.until_title("Odetta", seconds=40)
        ear.hear_for(3)

        origin.kill()
        source.close()
        watched.until("on_air", role="standby", seconds=20)
        origin.start()
        use(RawEncoder(origin, tone=OTHER_TONE))
        watched.until("on_air", role="relay", seconds=40)
        # The origin may begin with standby of its own.
        ear.hear_for(seconds_behind)
        ear.close()
        assert not ear.ended.is_set()
        heard = [tone for tone, _ in tones(ear.sounds())]
        assert TONE in heard
        assert heard[-1] == OTHER_TONE
