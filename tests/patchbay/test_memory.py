from __future__ import annotations

import asyncio

import pytest

from groundwave.patchbay.errors import FrameTooLarge, LineClosed
from groundwave.patchbay.line import MAX_FRAME
from groundwave.patchbay.memory import pair
from groundwave.patchbay.messages import Announced, LineupTaken, SessionsKept


async def test_each_end_hears_the_other_in_order():
    site, transmitter = pair()

    await site.send(SessionsKept(batch=1))
    await site.send(SessionsKept(batch=2))
    await transmitter.send(LineupTaken(edition=3))

    assert await transmitter.receive() == SessionsKept(batch=1)
    assert await transmitter.receive() == SessionsKept(batch=2)
    assert await site.receive() == LineupTaken(edition=3)
    assert (site.peer, transmitter.peer) == ("transmitter", "site")


async def test_what_was_sent_before_the_line_closed_is_received():
    site, transmitter = pair()
    await site.send(SessionsKept(batch=1))
    site.close()
    site.close()

    assert await transmitter.receive() == SessionsKept(batch=1)
    for _ in range(2):
        with pytest.raises(LineClosed):
            await transmitter.receive()
    with pytest.raises(LineClosed):
        await transmitter.send(LineupTaken(edition=3))


async def test_closing_an_end_wakes_whoever_waits_on_it():
    site, _ = pair()
    waiting = asyncio.create_task(site.receive())
    await asyncio.sleep(0)

    site.close()

    with pytest.raises(LineClosed):
        await waiting
    with pytest.raises(LineClosed):
        await site.send(SessionsKept(batch=1))


async def test_what_a_socket_would_not_carry_is_not_carried():
    site, transmitter = pair()

    with pytest.raises(FrameTooLarge):
        await site.send(Announced(event="x", data="x" * MAX_FRAME))

    await site.send(SessionsKept(batch=1))
    assert await transmitter.receive() == SessionsKept(batch=1)


async def test_a_wait_that_is_cancelled_loses_no_message():
    site, transmitter = pair()
    waiting = asyncio.create_task(transmitter.receive())
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)

    await site.send(SessionsKept(batch=1))

    assert await transmitter.receive() == SessionsKept(batch=1)
