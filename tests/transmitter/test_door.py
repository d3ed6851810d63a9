from __future__ import annotations

import asyncio
import os
import resource
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from groundwave.transmitter.door import Door
from groundwave.transmitter.visitor import Visitor


@pytest.fixture
def _descriptors_restored() -> Iterator[None]:
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, limits)


def leave_no_descriptor() -> None:
    lowest_free = os.dup(0)
    os.close(lowest_free)
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest_free, hard))


def dial(port: int) -> socket.socket:
    sock = socket.create_connection(("127.0.0.1", port))
    sock.sendall(b"hello")
    return sock


async def test_every_connection_is_greeted_with_where_it_comes_from(
    faults: list[dict[str, Any]],
):
    greeted: asyncio.Queue[Visitor] = asyncio.Queue()
    door = Door(greet=greeted.put_nowait, make_room=lambda: False)
    port = door.open("127.0.0.1", 0)
    with ExitStack() as stack:
        for _ in range(3):
            stack.enter_context(dial(port))
        for _ in range(3):
            visitor = await asyncio.wait_for(greeted.get(), 5)
            assert visitor.peer == "127.0.0.1"
            assert not visitor.sock.getblocking()
            visitor.close()
    assert door.accepted == 3
    door.close()
    with pytest.raises(OSError, match="refused"):
        dial(port)


async def test_a_port_that_is_taken_is_said_to_be(faults: list[dict[str, Any]]):
    door = Door(greet=lambda _: None, make_room=lambda: False)
    port = door.open("127.0.0.1", 0)
    with pytest.raises(OSError, match="in use"):
        Door(greet=lambda _: None, make_room=lambda: False).open("127.0.0.1", port)
    door.close()


@pytest.mark.usefixtures("_descriptors_restored")
async def test_without_a_descriptor_the_door_asks_for_room_and_does_not_spin(
    faults: list[dict[str, Any]],
):
    asked_for_room = 0

    def make_room() -> bool:
        nonlocal asked_for_room
        asked_for_room += 1
        return False

    greeted: asyncio.Queue[Visitor] = asyncio.Queue()
    door = Door(greet=greeted.put_nowait, make_room=make_room)
    port = door.open("127.0.0.1", 0)
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    with dial(port):
        leave_no_descriptor()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(greeted.get(), 0.3)
        assert 1 <= asked_for_room < 10
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
        visitor = await asyncio.wait_for(greeted.get(), 5)
        visitor.close()
    door.close()


@pytest.mark.usefixtures("_descriptors_restored")
async def test_a_place_that_was_made_is_given_at_once(faults: list[dict[str, Any]]):
    greeted: asyncio.Queue[Visitor] = asyncio.Queue()
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)

    def make_room() -> bool:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
        return True

    door = Door(greet=greeted.put_nowait, make_room=make_room)
    with dial(door.open("127.0.0.1", 0)):
        leave_no_descriptor()
        visitor = await asyncio.wait_for(greeted.get(), 0.2)
        visitor.close()
    door.close()
