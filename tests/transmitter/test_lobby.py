from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from equipment.callers import Caller, Dial, written
from groundwave.transmitter.clock import Clock
from groundwave.transmitter.door import Door
from groundwave.transmitter.lobby import Lobby, LobbyLimits
from groundwave.transmitter.visitor import Visitor
from groundwave.wire.errors import PeerError
from groundwave.wire.http.head import RequestHead, response


AT_ONCE = 0.0
TLS_HELLO = bytes.fromhex("160301020001000100fcfc") + bytes(500)


class Hall:
    """A lobby behind a door, whose only business is to say what it was asked."""

    def __init__(self, dial: Dial, limits: LobbyLimits) -> None:
        self.lobby = Lobby(
            clock=Clock(), route=self._route, refused=self._note, limits=limits
        )
        self.door = Door(greet=self.lobby.greet, make_room=self.lobby.make_room)
        self.port = self.door.open("127.0.0.1", 0)
        self.asked: asyncio.Queue[str] = asyncio.Queue()
        self.refused: list[str] = []
        self.reply = b""
        self._dial = dial

    def _route(self, visitor: Visitor, head: RequestHead) -> None:
        asked = f"{head.method} {head.path} {visitor.body.decode()}".strip()
        self.asked.put_nowait(asked)
        body = self.reply or asked.encode()
        data = response(200, [("Content-Length", str(len(body)))], body)
        self.lobby.answer(visitor, data, keep=head.keep_alive)

    def _note(self, _: Visitor, error: PeerError) -> None:
        self.refused.append(error.sentence)

    async def dial(self, data: bytes = b"") -> Caller:
        return await self._dial(self.port, data)

    async def until_shed(self, count: int) -> None:
        """Sweep until so many are gone; what is swept must first have come in."""
        async with asyncio.timeout(5):
            while self.lobby.shed < count:
                self.lobby.sweep()
                await asyncio.sleep(0)

    def close(self) -> None:
        self.door.close()
        self.lobby.close()


@pytest.fixture
async def open_hall(
    dial: Dial, faults: list[dict[str, Any]]
) -> AsyncIterator[Callable[..., Hall]]:
    halls: list[Hall] = []

    def open_hall(**limits: Any) -> Hall:
        halls.append(Hall(dial, LobbyLimits(**limits)))
        return halls[-1]

    yield open_hall
    for hall in halls:
        hall.close()


@pytest.fixture
async def hall(open_hall: Callable[..., Hall]) -> Hall:
    return open_hall()


async def test_a_request_is_answered(hall: Hall):
    caller = await hall.dial(written("GET /kgnd"))
    assert (await caller.hear()).text == "GET /kgnd"


async def test_a_request_that_comes_byte_by_byte_is_answered(hall: Hall):
    caller = await hall.dial()
    for byte in written("POST /x", "Content-Length: 3") + b"abc":
        caller.say(bytes([byte]))
        await asyncio.sleep(0)
    assert (await caller.hear()).text == "POST /x abc"


async def test_a_connection_may_ask_again(hall: Hall):
    caller = await hall.dial()
    for path in ("/one", "/two", "/three"):
        caller.say(written(f"GET {path}"))
        assert (await caller.hear()).text == f"GET {path}"


async def test_http_1_0_is_closed_behind_its_answer_unless_it_wants_to_stay(
    hall: Hall,
):
    leaving = await hall.dial(written("GET / HTTP/1.0"))
    assert (await leaving.hear_end()).endswith(b"GET /")
    staying = await hall.dial()
    for _ in range(2):
        staying.say(written("GET / HTTP/1.0", "Connection: keep-alive"))
        assert (await staying.hear()).text == "GET /"


async def test_requests_in_one_packet_are_answered_in_their_order(hall: Hall):
    caller = await hall.dial(
        written("POST /one", "Content-Length: 2")
        + b"ab"
        + written("GET /two")
        + written("GET /three", "Connection: close")
    )
    for expected in ("POST /one ab", "GET /two", "GET /three"):
        assert (await caller.hear()).text == expected
    assert await caller.hear_end() == b""


async def test_hundreds_of_requests_in_one_packet_are_answered(hall: Hall):
    caller = await hall.dial(b"".join(written(f"GET /{i}") for i in range(700)))
    for number in range(700):
        assert (await caller.hear()).text == f"GET /{number}"


@pytest.mark.parametrize(
    ("sent", "status", "words"),
    [
        (TLS_HELLO, 400, "turn TLS off"),
        (b"my-source-key\r\n", 400, "choose Icecast as its server type"),
        (b"\x00\xff\xfe" * 50, 400, "not an HTTP request"),
        (b"GET / HTTP/9.9\r\n\r\n", 505, "HTTP/1.0 and HTTP/1.1"),
        (b"GET /" + b"a" * 9000, 414, "too long"),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 9000, 431, "too large"),
        (b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 200 + b"\r\n", 431, "too large"),
        (written("POST /", "Content-Length: many"), 400, "whole number"),
        (written("POST /", "Content-Length: -1"), 400, "whole number"),
        (written("POST /", "Content-Length: " + "9" * 5000), 400, "whole number"),
        (written("POST /", "Content-Length: 65537"), 413, "65536 bytes at the most"),
    ],
)
async def test_bad_bytes_are_answered_in_a_sentence_and_cost_their_connection(
    hall: Hall, sent: bytes, status: int, words: str
):
    caller = await hall.dial(sent)
    answer = await caller.hear()
    assert answer.status == status
    assert words in answer.text
    assert answer.header("connection") == "close"
    assert await caller.hear_end() == b""
    assert hall.asked.empty()
    assert hall.refused == [answer.text.strip()]


async def test_whoever_is_refused_while_still_sending_can_read_why(hall: Hall):
    caller = await hall.dial(TLS_HELLO)
    caller.say(bytes(3_000_000))  # more than any buffer takes unread
    assert "turn TLS off" in (await caller.hear()).text
    caller.say_no_more()
    assert await caller.hear_end() == b""


async def test_a_request_that_never_ends_is_shed(open_hall: Callable[..., Hall]):
    hall = open_hall(head_seconds=AT_ONCE)
    slow = [await hall.dial(data) for data in (b"GET /kgnd HT", b"\r\n", b"G")]
    slow.append(await hall.dial(written("POST /", "Content-Length: 9") + b"a"))
    await hall.until_shed(4)
    assert [await caller.hear_end() for caller in slow] == [b""] * 4


async def test_a_connection_that_asks_nothing_more_is_shed(
    open_hall: Callable[..., Hall],
):
    hall = open_hall(idle_seconds=AT_ONCE)
    caller = await hall.dial(written("GET /"))
    await caller.hear()
    await hall.until_shed(1)
    assert await caller.hear_end() == b""


async def test_whoever_does_not_take_the_answer_is_shed(
    open_hall: Callable[..., Hall],
):
    hall = open_hall(reply_seconds=AT_ONCE)
    hall.reply = bytes(20_000_000)
    caller = await hall.dial(written("GET /"))
    await hall.until_shed(1)
    assert len(await caller.hear_end()) < len(hall.reply)


async def test_a_slow_reader_gets_all_of_the_answer(hall: Hall):
    hall.reply = bytes(range(256)) * 20_000
    caller = await hall.dial(written("GET /"))
    await hall.asked.get()
    assert (await caller.hear()).body == hall.reply
    caller.say(written("GET /"))
    assert (await caller.hear()).body == hall.reply


async def test_whoever_stays_after_a_refusal_is_shed(open_hall: Callable[..., Hall]):
    hall = open_hall(linger_seconds=AT_ONCE)
    caller = await hall.dial(b"\0\0\0\0\r\n")
    await caller.hear()
    await hall.until_shed(1)


async def test_in_a_full_room_whoever_has_waited_longest_goes(
    open_hall: Callable[..., Hall],
):
    hall = open_hall(room=3)
    waiting = []
    for _ in range(3):
        caller = await hall.dial(written("GET /"))
        await caller.hear()  # it is in the room now, and keeps its place
        waiting.append(caller)
    waiting[0].say(written("GET /"))  # whoever asks has not waited
    await waiting[0].hear()

    newcomer = await hall.dial(written("GET /new"))
    assert (await newcomer.hear()).text == "GET /new"
    assert await waiting[1].hear_end() == b""
    assert hall.lobby.shed == 1
    for caller in (waiting[0], waiting[2], newcomer):
        caller.say(written("GET /again"))
        assert (await caller.hear()).text == "GET /again"


async def test_whoever_hangs_up_at_any_moment_leaves_nothing_behind(hall: Hall):
    hall.reply = bytes(5_000_000)
    for sent in (b"GET", written("GET /"), written("GET /") + b"GET", TLS_HELLO):
        caller = await hall.dial(sent)
        await asyncio.sleep(0.01)
        caller.hang_up()
    hall.reply = b"still here"
    caller = await hall.dial(written("GET /"))
    assert (await caller.hear()).body == b"still here"
    assert hall.lobby.shed == 0


async def test_closing_ends_every_connection(hall: Hall):
    idle = await hall.dial(written("GET /"))
    await idle.hear()
    hall.lobby.close()
    assert await idle.hear_end() == b""
