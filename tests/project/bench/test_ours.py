from __future__ import annotations

import shutil

import pytest

from groundwave.project.bench import sound
from groundwave.project.bench.driver import listening
from groundwave.project.bench.encoder import encoding, entitle
from groundwave.project.bench.orders import Order
from groundwave.project.bench.ours import transmitter
from groundwave.project.bench.server import HOST
from groundwave.project.bench.vitals import Vitals


@pytest.mark.journey
@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="needs ffmpeg")
async def test_our_own_transmitter_can_be_measured(tmp_path):
    loop = await sound.loop()
    async with transmitter(tmp_path) as server:
        path, password = server.source_path, server.source_password
        async with encoding(HOST, server.port, path, password, loop):
            await entitle(HOST, server.port, path, password, "The Bench - One")
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

    assert (heard.heard, heard.lost) == (5, 0)
    assert vitals.rss > 1_000_000
