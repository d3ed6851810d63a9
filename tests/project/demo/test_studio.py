from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator

import pytest

from equipment.ears import Ear
from equipment.transmitters import Transmitter, eventually, key_for, running
from groundwave.patchbay.environment import Environment
from groundwave.patchbay.messages import Role
from groundwave.project.demo.key import keep_key


@contextlib.contextmanager
def demo_studio(transmitter: Transmitter) -> Iterator[None]:
    command = [sys.executable, "-m", "groundwave", "demo", "kgnd"]
    studio = subprocess.Popen(command, env=transmitter.environment)
    try:
        yield
    finally:
        studio.terminate()
        assert studio.wait(10) == 0


@pytest.mark.journey
def test_the_demo_studio_is_heard_and_says_what_it_plays(tmp_path):
    place = Environment.read({"GROUNDWAVE_DATA": str(tmp_path)})
    keep_key(place, key_for(Role.MAIN))

    with running(tmp_path) as transmitter, demo_studio(transmitter):
        eventually(lambda: transmitter.on_air() == "main", seconds=30)
        with contextlib.closing(Ear(transmitter)) as ear:
            eventually(lambda: len(ear.audio) > 8 * 16_000, seconds=30)
            assert any("KGND 89.3" in title for _, title in ear.titles)
            # Passed through bit for bit: what is heard are the studio's own frames.
            assert bytes(ear.audio[:2]) == b"\xff\xfb"
