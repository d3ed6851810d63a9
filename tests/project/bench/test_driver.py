from __future__ import annotations

import asyncio
import os

import pytest

from groundwave.project.bench.driver import listening
from groundwave.project.bench.errors import Unmeasurable


BURST = b"HTTP/1.0 200 OK\r\n\r\n" + bytes(64_000)


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_the_driver_reports_from_its_own_process(tiny_server):
    news = []
    async with (
        tiny_server(BURST) as server,
        listening(server.order(hold_seconds=0.2), news.append) as driver,
    ):
        assert driver.pid != os.getpid()
        tuned_in = await driver.tuned_in()
        heard = await driver.heard()

    assert tuned_in.heard == heard.heard == 20
    assert all(word.heard <= 20 for word in news)


async def test_leaving_early_ends_the_driver(tiny_server):
    async with tiny_server(BURST) as server:
        order = server.order(hold_seconds=600.0)
        async with listening(order, lambda _: None) as driver:
            await driver.tuned_in()
            pid = driver.pid
            assert is_alive(pid)

    assert not is_alive(pid)


async def test_a_driver_that_outstays_its_order_is_ended(tiny_server, monkeypatch):
    monkeypatch.setattr("groundwave.project.bench.driver.AROUND_SECONDS", 0.0)
    order_time = {"admission_seconds": 0.2, "hold_seconds": 0.2}
    async with tiny_server(1000.0) as server:
        with pytest.raises(Unmeasurable, match="was not done after 0 seconds"):
            async with listening(server.order(**order_time), print) as driver:
                await asyncio.Event().wait()

    assert not is_alive(driver.pid)


async def test_a_driver_that_ends_without_a_word_is_not_waited_for(tiny_server):
    async with (
        tiny_server(BURST) as server,
        listening(server.order(hold_seconds=600.0), print) as driver,
    ):
        os.kill(driver.pid, 9)
        with pytest.raises(Unmeasurable, match="stopped before it was done"):
            await driver.heard()
