"""A full disk: live goes on, the tape says so, and nothing that was promised is lost."""

from __future__ import annotations

import json
import re
import resource
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from equipment.ears import Ear, tones
from equipment.encoders import RawEncoder
from equipment.transmitters import Desk, Page, Transmitter, eventually, kgnd, lineup_of
from groundwave.patchbay.messages import SessionsEnded


pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(
        not hasattr(resource, "prlimit"), reason="only Linux fills a disk so easily"
    ),
]

TONE = 440
PLAYLIST = "/kgnd/high/live.m3u8"


@contextmanager
def no_room(transmitter: Transmitter) -> Iterator[None]:
    """For this process alone every file is full, whoever runs the tests."""
    before = resource.prlimit(transmitter.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(transmitter.pid, resource.RLIMIT_FSIZE, (1, before[1]))
    yield
    resource.prlimit(transmitter.pid, resource.RLIMIT_FSIZE, before)


def tape(transmitter: Transmitter) -> str:
    return str(transmitter.health()["stations"]["kgnd"]["tape"])


def sequences(transmitter: Transmitter) -> list[int]:
    text = transmitter.get(PLAYLIST).decode()
    return [int(n) for n in re.findall(r"^(\d+)-\d+\.m4s$", text, re.MULTILINE)]


def segments(transmitter: Transmitter) -> list[str]:
    text = transmitter.get(PLAYLIST).decode()
    return [line for line in text.splitlines() if line.endswith(".m4s")]


def test_a_full_disk_is_said_and_not_heard(transmitter: Transmitter, page: Page, use):
    desk = use(Desk(transmitter))
    desk.publish(lineup_of(kgnd()))
    use(RawEncoder(transmitter, tone=TONE))
    page.until("on_air", role="main")
    ear, leaving = use(Ear(transmitter)), use(Ear(transmitter, agent="Miriam"))
    eventually(lambda: segment_is_listed(transmitter), seconds=40)
    assert tape(transmitter) == "recording"

    with no_room(transmitter):
        leaving.close()
        eventually(lambda: tape(transmitter) != "recording", seconds=15)
        sentence = tape(transmitter)
        assert "live goes on" in sentence
        assert desk.status().stations[0].tape == sentence
        assert json.loads(transmitter.get("/health"))["status"] == "trouble"
        metrics = transmitter.get("/metrics").decode()
        assert 'groundwave_tape_recording{station="kgnd"} 0.0' in metrics
        # Live listeners of HLS are served from memory meanwhile.
        newest = segments(transmitter)[-1]
        assert len(transmitter.get(f"/kgnd/high/{newest}")) > 10_000

    eventually(lambda: tape(transmitter) == "recording", seconds=15)
    assert transmitter.on_air() == "main"
    assert not ear.ended.is_set()
    ear.close()
    assert ear.longest_dry_spell() == 0
    # It had heard standby before its own first second.
    assert tones(ear.sounds())[-1][0] == TONE
    numbers = sequences(transmitter)
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    # What could not be written then has been written since.
    transmitter.kill()
    transmitter.start()
    assert sequences(transmitter)[: len(numbers)] == numbers
    for name in segments(transmitter):
        assert len(transmitter.get(f"/kgnd/high/{name}")) > 10_000
    told(transmitter, "Miriam", use)


def segment_is_listed(transmitter: Transmitter) -> bool:
    try:
        return bool(sequences(transmitter))
    except OSError:
        return False


def told(transmitter: Transmitter, agent: str, use) -> None:
    """The session that ended while the disk was full reaches the site."""
    desk = use(Desk(transmitter))
    desk.publish(lineup_of(kgnd()))
    batch = desk.until(SessionsEnded)
    assert agent in [session.agent for session in batch.sessions]
