from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest

from groundwave.project.bench import icecast, sound
from groundwave.project.bench.driver import listening
from groundwave.project.bench.encoder import encoding
from groundwave.project.bench.errors import Unmeasurable
from groundwave.project.bench.orders import Order
from groundwave.project.bench.server import HOST
from groundwave.project.bench.vitals import Vitals


pytestmark = pytest.mark.skipif(
    not (shutil.which("icecast2") and shutil.which("ffmpeg")),
    reason="needs Debian's icecast2 and ffmpeg",
)


@pytest.fixture
def folder():
    """A folder that Icecast's unprivileged user can reach; pytest's own is closed."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@pytest.mark.journey
async def test_icecast_itself_can_be_measured(folder):
    loop = await sound.loop()
    async with icecast.icecast(folder) as server:
        path, password = server.source_path, server.source_password
        async with encoding(HOST, server.port, path, password, loop):
            order = Order(
                host=HOST,
                port=server.port,
                path=server.listen_path,
                listeners=5,
                admission_seconds=20.0,
                hold_seconds=0.5,
                icy=True,
            )
            async with listening(order, lambda _: None) as driver:
                heard = await driver.heard()
        vitals = Vitals.of(server.pid)

    assert server.name.startswith("Icecast 2.4")
    assert (heard.heard, heard.lost) == (5, 0)
    assert vitals.rss > 1_000_000
    assert vitals.threads > 1


async def test_without_icecast_the_sentence_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(Unmeasurable, match="apt install icecast2"):
        async with icecast.icecast(tmp_path):
            pass
